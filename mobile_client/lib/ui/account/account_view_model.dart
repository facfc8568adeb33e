import 'dart:io';

import '../../data/model_repository.dart';
import '../../data/session_repository.dart';
import '../../data/settings_store.dart';
import '../../data/twin/twin.dart';
import '../../domain/server_model.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// The account, its settings, and ending it.
class AccountViewModel extends ViewModel {
  AccountViewModel({
    required SessionRepository sessions,
    required ModelRepository models,
    required SettingsStore settings,
    required Directory exports,
    this.twin,
  })  : _sessions = sessions,
        _models = models,
        _settings = settings,
        _exports = exports {
    _settings.settings.addListener(notifyListeners);
  }

  final SessionRepository _sessions;
  final ModelRepository _models;
  final SettingsStore _settings;
  final Directory _exports;

  /// The server's model on the phone; null where it cannot be run.
  final Twin? twin;

  String get username => _sessions.session.value?.user.username ?? '';

  Uri? get server => _sessions.server.value;

  Settings get settings => _settings.settings.value;

  /// The model that answers now; null if none does.
  late final Command<ServerModel?> model = command(() async {
    final result = await _models.list();
    return switch (result) {
      Ok(:final value) => Ok(value.where((each) => each.serves).firstOrNull),
      Failed(:final error) => Failed(error),
    };
  });

  late final Command<File> export =
      command(() => _sessions.exportAccount(_exports));

  late final Command<void> signOut = command(_sessions.signOut);

  late final Command<void> signOutEverywhere =
      command(_sessions.signOutEverywhere);

  late final Command<void> deleteAccount = command(_sessions.deleteAccount);

  /// Writes the last choice down.
  late final Command<void> keepChoice = command(() => Result.of(_choice));

  Future<void> Function() _choice = () async {};

  bool get isBusy =>
      export.running ||
      signOut.running ||
      signOutEverywhere.running ||
      deleteAccount.running;

  Future<void> setSendOriginals(bool value) =>
      _keep(() => _settings.setSendOriginals(value));

  /// Keeps other settings.
  Future<void> change(Settings next) => _keep(() => _settings.change(next));

  Future<void> setTheme(ThemeChoice value) =>
      _keep(() => _settings.setTheme(value));

  Future<void> _keep(Future<void> Function() choice) {
    _choice = choice;
    return keepChoice.execute();
  }

  @override
  void dispose() {
    _settings.settings.removeListener(notifyListeners);
    super.dispose();
  }
}
