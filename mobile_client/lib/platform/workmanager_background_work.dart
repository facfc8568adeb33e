import 'dart:async';
import 'dart:io';
import 'dart:ui';

import 'package:flutter/widgets.dart';
import 'package:workmanager/workmanager.dart';

import '../data/background_run.dart';
import '../dependencies.dart';
import '../l10n/generated/app_localizations.dart';
import '../ui/prediction/answer_view.dart';
import 'app_folders.dart';
import 'background_work.dart';
import 'one_writer.dart';
import 'plugin_notifier.dart';
import 'secure_token_store.dart';

/// Asks Android's WorkManager and iOS' BGTaskScheduler, through the
/// workmanager plugin.
class WorkmanagerBackgroundWork implements BackgroundWork {
  WorkmanagerBackgroundWork();

  late final Future<void> _ready = Workmanager().initialize(backgroundMain);

  @override
  Future<void> schedule({required bool onWifiOnly}) async {
    await _ready;
    final constraints = Constraints(
      networkType: onWifiOnly ? NetworkType.unmetered : NetworkType.connected,
      requiresBatteryNotLow: true,
    );
    if (Platform.isIOS) {
      await Workmanager().registerProcessingTask(
        _task,
        _task,
        constraints: constraints,
      );
    } else {
      await Workmanager().registerOneOffTask(
        _task,
        _task,
        constraints: constraints,
        existingWorkPolicy: ExistingWorkPolicy.replace,
      );
    }
  }

  @override
  Future<void> cancel() async {
    await _ready;
    await Workmanager().cancelByUniqueName(_task);
  }
}

/// As Info.plist permits it.
const String _task = 'send-what-waits';

/// Phones end work that takes longer, sooner or later.
const Duration _atMost = Duration(minutes: 8);

/// The same while the app is open, out of sight: it has no other time, and
/// goes on when it is looked at. iOS may give only half a minute.
final Duration _appAtMost = Duration(seconds: Platform.isIOS ? 25 : 60);

/// Where the phone begins to send what waits, without any screen.
@pragma('vm:entry-point')
void backgroundMain() {
  Workmanager().executeTask((task, inputData) => _sendWhatWaits());
}

/// Whether all was sent; if not, the phone asks again later.
Future<bool> _sendWhatWaits() async {
  WidgetsFlutterBinding.ensureInitialized();
  BackgroundRun? run;
  final ended = Completer<void>();
  final writer = await OneWriter.background(
    onStop: () {
      run?.stop();
      return ended.future;
    },
  );
  if (writer == null) return OneWriter.appSends(atMost: _appAtMost);
  try {
    final folders = await AppFolders.find();
    final all = await Dependencies.open(
      files: folders.files,
      exports: folders.exports,
      secrets: SecureTokenStore(),
      begin: false,
    );
    run = BackgroundRun(uploads: all.queue, changes: all.changes);
    final report = await run.run(atMost: _atMost);
    if (report.answers.isNotEmpty) await _tell(report);
    return report.isAllSent;
  } finally {
    ended.complete();
    writer.release();
  }
}

Future<void> _tell(BackgroundReport report) {
  final locale = PlatformDispatcher.instance.locale;
  final l10n = lookupAppLocalizations(
    AppLocalizations.delegate.isSupported(locale) ? locale : const Locale('en'),
  );
  return PluginNotifier().show(
    title: l10n.notifyTitle(report.answers.length),
    body: l10n.notifyBody(
      [for (final each in report.answers) answerTitle(l10n, each)].join(', '),
    ),
    channel: l10n.notifyChannel,
  );
}
