import 'package:flutter/widgets.dart';
import 'package:mobile_scanner/mobile_scanner.dart';

import 'code_scanner.dart';

/// Reads codes through the mobile_scanner plugin.
class MobileCodeScanner implements CodeScanner {
  const MobileCodeScanner();

  @override
  Widget build({
    required void Function(String text) onCode,
    required Widget onFailure,
  }) =>
      MobileScanner(
        onDetect: (capture) {
          for (final barcode in capture.barcodes) {
            if (barcode.rawValue case final text?) onCode(text);
          }
        },
        errorBuilder: (context, error) => onFailure,
      );
}
