import 'dart:io';

import 'package:share_plus/share_plus.dart';

import 'share_sheet.dart';

/// Shares through the share_plus plugin.
class PluginShareSheet implements ShareSheet {
  const PluginShareSheet();

  @override
  Future<void> text(String text) =>
      SharePlus.instance.share(ShareParams(text: text));

  @override
  Future<void> file(File file, {String? text}) => SharePlus.instance.share(
        ShareParams(files: [XFile(file.path)], text: text),
      );
}
