import 'package:flutter/material.dart';

import 'data/settings_store.dart';
import 'dependencies.dart';
import 'domain/session.dart';
import 'l10n/generated/app_localizations.dart';
import 'platform/device_services.dart';
import 'ui/core/observable_builder.dart';
import 'ui/core/theme.dart';
import 'ui/home/home_screen.dart';
import 'ui/problems/problems_screen.dart';
import 'ui/server/server_screen.dart';
import 'ui/sign_in/sign_in_screen.dart';

/// The app: how it looks, and which screen comes first.
class ImageClassifierApp extends StatefulWidget {
  const ImageClassifierApp({
    super.key,
    required this.dependencies,
    required this.device,
  });

  final Dependencies dependencies;
  final DeviceServices device;

  @override
  State<ImageClassifierApp> createState() => _ImageClassifierAppState();
}

class _ImageClassifierAppState extends State<ImageClassifierApp> {
  final GlobalKey<NavigatorState> _navigator = GlobalKey();
  final GlobalKey<ScaffoldMessengerState> _messenger = GlobalKey();
  late final AppLifecycleListener _lifecycle;

  Dependencies get _all => widget.dependencies;

  @override
  void initState() {
    super.initState();
    _all.sessions.session.addListener(_sessionChanged);
    _all.problems.fresh.addListener(_problemNoted);
    _lifecycle = AppLifecycleListener(onResume: _wake);
  }

  @override
  void dispose() {
    _lifecycle.dispose();
    _all.problems.fresh.removeListener(_problemNoted);
    _all.sessions.session.removeListener(_sessionChanged);
    super.dispose();
  }

  void _wake() {
    _all.queue.wake();
    _all.changes.wake();
  }

  /// What was open belonged to the session before.
  void _sessionChanged() =>
      _navigator.currentState?.popUntil((route) => route.isFirst);

  /// Tells of a problem as soon as the frame is drawn: it may have happened
  /// while one was built.
  void _problemNoted() {
    WidgetsBinding.instance
      ..addPostFrameCallback((_) => _tellOfProblem())
      ..ensureVisualUpdate();
  }

  void _tellOfProblem() {
    final context = _navigator.currentContext;
    if (context == null || !context.mounted) return;
    final l10n = AppLocalizations.of(context);
    _messenger.currentState
      ?..hideCurrentSnackBar()
      ..showSnackBar(
        SnackBar(
          content: Text(l10n.errorUnexpected),
          action: SnackBarAction(
            label: l10n.problemsShow,
            onPressed: () => _navigator.currentState?.push(
              MaterialPageRoute<void>(
                builder: (context) => ProblemsScreen(
                  log: _all.problems,
                  share: widget.device.share,
                ),
              ),
            ),
          ),
        ),
      );
  }

  @override
  Widget build(BuildContext context) => ObservableBuilder<Settings>(
        observable: _all.settings.settings,
        builder: (context, settings) => MaterialApp(
          navigatorKey: _navigator,
          scaffoldMessengerKey: _messenger,
          debugShowCheckedModeBanner: false,
          onGenerateTitle: (context) => AppLocalizations.of(context).appTitle,
          localizationsDelegates: AppLocalizations.localizationsDelegates,
          supportedLocales: AppLocalizations.supportedLocales,
          theme: appTheme(Brightness.light),
          darkTheme: appTheme(Brightness.dark),
          themeMode: themeModeOf(settings.theme),
          home: ObservableBuilder<Uri?>(
            observable: _all.sessions.server,
            builder: (context, server) => ObservableBuilder<Session?>(
              observable: _all.sessions.session,
              builder: (context, session) => _first(server, session),
            ),
          ),
        ),
      );

  Widget _first(Uri? server, Session? session) {
    final scanner = widget.device.scanner;
    if (server == null) {
      return ServerScreen(sessions: _all.sessions, scanner: scanner);
    }
    if (session == null) {
      return SignInScreen(sessions: _all.sessions, scanner: scanner);
    }
    return HomeScreen(
      key: ValueKey(session.owner),
      owner: session.owner,
      dependencies: _all,
      device: widget.device,
    );
  }
}
