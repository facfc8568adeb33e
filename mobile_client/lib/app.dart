import 'dart:async';
import 'dart:io';

import 'package:flutter/material.dart';

import 'app_events.dart';
import 'data/api/api_exception.dart';
import 'data/pairing.dart';
import 'data/settings_store.dart';
import 'dependencies.dart';
import 'domain/app_link.dart';
import 'domain/session.dart';
import 'l10n/generated/app_localizations.dart';
import 'platform/device_services.dart';
import 'ui/core/error_messages.dart';
import 'ui/core/observable_builder.dart';
import 'ui/core/theme.dart';
import 'ui/detail/detail_screen.dart';
import 'ui/home/home_screen.dart';
import 'ui/lock/lock_gate.dart';
import 'ui/pairing/replace_question.dart';
import 'ui/prediction/prediction_tools.dart';
import 'ui/problems/problems_screen.dart';
import 'ui/server/server_screen.dart';
import 'ui/sign_in/sign_in_screen.dart';
import 'utils/result.dart';

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
  final GlobalKey<LockGateState> _gate = GlobalKey();
  GlobalKey<HomeScreenState> _home = GlobalKey();
  String? _homeOwner;

  /// What is to be done as soon as somebody is signed in.
  final List<void Function(HomeScreenState home)> _waiting = [];
  late final AppEvents _events;
  late final Pairing _pairing = Pairing(_all.sessions, ask: _mayReplace);

  Dependencies get _all => widget.dependencies;

  @override
  void initState() {
    super.initState();
    _all.sessions.session.addListener(_sessionChanged);
    _all.problems.fresh.addListener(_problemNoted);
    _events = AppEvents(
      dependencies: _all,
      device: widget.device,
      onLink: (link) => unawaited(_follow(link)),
      onPhotos: (photos) => _atHome((home) => home.take(photos)),
      onHidden: () => _gate.currentState?.close(),
    );
    final route = WidgetsBinding.instance.platformDispatcher.defaultRouteName;
    WidgetsBinding.instance
        .addPostFrameCallback((_) => _events.followFirstLink(route));
  }

  @override
  void dispose() {
    _events.dispose();
    _all.problems.fresh.removeListener(_problemNoted);
    _all.sessions.session.removeListener(_sessionChanged);
    super.dispose();
  }

  /// Goes where a link leads.
  Future<void> _follow(AppLink link) async {
    switch (link) {
      case PairingLink(:final code):
        final result = await _pairing.pair(code);
        if (result case Failed(:final error)) _tell(error);
      case PhotoLink(:final uri):
        _atHome((home) => unawaited(home.takeOver(File.fromUri(uri))));
      case PredictionLink(:final id):
        _atHome((home) => unawaited(_openPrediction(id, home.tools)));
    }
  }

  /// Asks behind the lock, if that is on: it is seen after unlocking.
  Future<bool> _mayReplace(Session current, Uri next) async {
    final context = _navigator.currentContext;
    if (context == null || !context.mounted) return false;
    return askToReplace(context, current, next);
  }

  Future<void> _openPrediction(String id, PredictionTools tools) async {
    switch (await _all.predictions.get(id)) {
      case Ok(:final value):
        await _navigator.currentState?.push(
          MaterialPageRoute<void>(
            builder: (context) => DetailScreen(prediction: value, tools: tools),
          ),
        );
      case Failed(:final error):
        _tell(error);
    }
  }

  void _tell(ApiException failure) {
    final context = _navigator.currentContext;
    if (context == null || !context.mounted) return;
    final words = wordsForFailure(AppLocalizations.of(context), failure);
    _messenger.currentState
        ?.showSnackBar(SnackBar(content: Text(words.sentence)));
  }

  /// What was open belonged to the session before.
  void _sessionChanged() {
    _navigator.currentState?.popUntil((route) => route.isFirst);
    _goHome();
  }

  /// Does [act] now, or as soon as somebody is signed in: no photo and no link
  /// that came from another app is lost.
  void _atHome(void Function(HomeScreenState home) act) {
    _waiting.add(act);
    _goHome();
  }

  /// After the frame in which the screen may come.
  void _goHome() => WidgetsBinding.instance
    ..addPostFrameCallback((_) {
      final home = _home.currentState;
      if (home == null) return;
      final all = [..._waiting];
      _waiting.clear();
      for (final act in all) {
        act(home);
      }
    })
    ..ensureVisualUpdate();

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
          builder: (context, child) => LockGate(
            key: _gate,
            isOn: settings.isLocked,
            lock: widget.device.lock,
            child: child ?? const SizedBox.shrink(),
          ),
          // A link that opened the app is followed, not routed to.
          onGenerateInitialRoutes: (_) => [
            MaterialPageRoute<void>(
              settings: const RouteSettings(name: Navigator.defaultRouteName),
              builder: (context) => _start(),
            ),
          ],
          // Flutter wants one beside it, or [home], which must not be.
          onGenerateRoute: (_) => null,
        ),
      );

  Widget _start() => ObservableBuilder<Uri?>(
        observable: _all.sessions.server,
        builder: (context, server) => ObservableBuilder<Session?>(
          observable: _all.sessions.session,
          builder: (context, session) => _first(server, session),
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
    // Another account has rooms of its own.
    if (_homeOwner != session.owner) _home = GlobalKey();
    _homeOwner = session.owner;
    return HomeScreen(
      key: _home,
      owner: session.owner,
      dependencies: _all,
      device: widget.device,
    );
  }
}
