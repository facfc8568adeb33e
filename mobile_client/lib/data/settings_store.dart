import '../utils/observable.dart';
import 'storage/app_folder.dart';

/// How the app looks.
enum ThemeChoice { system, light, dark }

/// What the user chose.
final class Settings {
  const Settings({
    this.sendOriginals = false,
    this.theme = ThemeChoice.system,
  });

  factory Settings.fromJson(Object? json) => switch (json) {
        final Map<String, Object?> fields => Settings(
            sendOriginals: fields['send_originals'] == true,
            theme: ThemeChoice.values.asNameMap()[fields['theme']] ??
                ThemeChoice.system,
          ),
        _ => const Settings(),
      };

  /// Whether photos are sent as large as they were taken.
  final bool sendOriginals;
  final ThemeChoice theme;

  Settings copyWith({bool? sendOriginals, ThemeChoice? theme}) => Settings(
        sendOriginals: sendOriginals ?? this.sendOriginals,
        theme: theme ?? this.theme,
      );

  Map<String, Object?> toJson() =>
      {'send_originals': sendOriginals, 'theme': theme.name};
}

/// Keeps the [Settings] over restarts.
class SettingsStore {
  SettingsStore(this._folder);

  final AppFolder _folder;

  final Observable<Settings> settings = Observable(const Settings());

  bool get sendOriginals => settings.value.sendOriginals;

  ThemeChoice get theme => settings.value.theme;

  /// Reads what was kept; call it once, at the start.
  Future<void> load() async =>
      settings.value = Settings.fromJson(await _folder.readJson(_name));

  Future<void> setSendOriginals(bool value) =>
      _keep(settings.value.copyWith(sendOriginals: value));

  Future<void> setTheme(ThemeChoice value) =>
      _keep(settings.value.copyWith(theme: value));

  Future<void> _keep(Settings next) {
    settings.value = next;
    return _folder.writeJson(_name, next.toJson());
  }
}

const String _name = 'settings.json';
