import 'package:flutter/foundation.dart';

import '../../utils/command.dart';
import '../../utils/result.dart';

/// What a screen shows and can do; it may still be told of something after
/// its screen is gone.
abstract class ViewModel extends ChangeNotifier {
  bool _isDisposed = false;

  bool get isDisposed => _isDisposed;

  /// A command that builds the screen anew when it starts and ends.
  @protected
  Command<T> command<T>(Future<Result<T>> Function() action) =>
      Command(action, onChange: notifyListeners);

  @override
  void notifyListeners() {
    if (!_isDisposed) super.notifyListeners();
  }

  @override
  void dispose() {
    _isDisposed = true;
    super.dispose();
  }
}
