import '../utils/observable.dart';
import 'storage/app_folder.dart';

/// How the app looks.
enum ThemeChoice { system, light, dark }

/// What the user chose.
final class Settings {
  const Settings({
    this.sendOriginals = false,
    this.theme = ThemeChoice.system,
    this.sendInBackground = true,
    this.onWifiOnly = false,
    this.isLocked = false,
    this.useTwin = false,
    this.cropFirst = false,
  });

  factory Settings.fromJson(Object? json) => switch (json) {
        final Map<String, Object?> fields => Settings(
            sendOriginals: fields['send_originals'] == true,
            theme: ThemeChoice.values.asNameMap()[fields['theme']] ??
                ThemeChoice.system,
            sendInBackground: fields['send_in_background'] != false,
            onWifiOnly: fields['on_wifi_only'] == true,
            isLocked: fields['is_locked'] == true,
            useTwin: fields['use_twin'] == true,
            cropFirst: fields['crop_first'] == true,
          ),
        _ => const Settings(),
      };

  /// Whether photos are sent as large as they were taken.
  final bool sendOriginals;
  final ThemeChoice theme;

  /// Whether photos are sent while the app is closed.
  final bool sendInBackground;

  /// Whether that waits for a network that costs nothing.
  final bool onWifiOnly;

  /// Whether the app asks who opens it.
  final bool isLocked;

  /// Whether the phone answers, too.
  final bool useTwin;

  /// Whether photos wait until they were cropped.
  final bool cropFirst;

  Settings copyWith({
    bool? sendOriginals,
    ThemeChoice? theme,
    bool? sendInBackground,
    bool? onWifiOnly,
    bool? isLocked,
    bool? useTwin,
    bool? cropFirst,
  }) =>
      Settings(
        sendOriginals: sendOriginals ?? this.sendOriginals,
        theme: theme ?? this.theme,
        sendInBackground: sendInBackground ?? this.sendInBackground,
        onWifiOnly: onWifiOnly ?? this.onWifiOnly,
        isLocked: isLocked ?? this.isLocked,
        useTwin: useTwin ?? this.useTwin,
        cropFirst: cropFirst ?? this.cropFirst,
      );

  Map<String, Object?> toJson() => {
        'send_originals': sendOriginals,
        'theme': theme.name,
        'send_in_background': sendInBackground,
        'on_wifi_only': onWifiOnly,
        'is_locked': isLocked,
        'use_twin': useTwin,
        'crop_first': cropFirst,
      };
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

  /// Keeps [next].
  Future<void> change(Settings next) => _keep(next);

  Future<void> _keep(Settings next) {
    settings.value = next;
    return _folder.writeJson(_name, next.toJson());
  }
}

const String _name = 'settings.json';
