import 'dart:async';

import 'package:flutter/material.dart';

import '../../data/api/api_exception.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../../utils/unexpected.dart';
import '../core/busy.dart';
import '../core/messages.dart';
import '../core/theme.dart';
import '../core/view_model.dart';

/// Opens what the app keeps on the phone.
class StartViewModel<T> extends ViewModel {
  StartViewModel(this._open);

  final Future<T> Function() _open;

  late final Command<T> open = command(
    () => Result.of(() async {
      try {
        return await _open();
      } on ApiException {
        rethrow;
      } on Exception catch (error, stack) {
        // Whatever the plugins throw, the phone's storage is what failed.
        reportUnexpected(error, stack);
        throw const PhoneStorageException.noRoom();
      }
    }),
  );
}

/// What is there until the app is [open], and when that fails.
class StartScreen<T> extends StatefulWidget {
  const StartScreen({super.key, required this.open, required this.builder});

  final Future<T> Function() open;
  final Widget Function(T opened) builder;

  @override
  State<StartScreen<T>> createState() => _StartScreenState<T>();
}

class _StartScreenState<T> extends State<StartScreen<T>> {
  late final StartViewModel<T> _model = StartViewModel<T>(widget.open);

  @override
  void initState() {
    super.initState();
    unawaited(_model.open.execute());
  }

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => ListenableBuilder(
        listenable: _model,
        builder: (context, _) => switch (_model.open.result) {
          Ok(value: final opened) => widget.builder(opened),
          Failed(:final error) => _alone(
              (context) => MessageView.failure(
                context,
                error,
                onRetry: _model.open.execute,
              ),
            ),
          null => _alone((context) => const LoadingView()),
        },
      );

  Widget _alone(WidgetBuilder builder) => MaterialApp(
        debugShowCheckedModeBanner: false,
        localizationsDelegates: AppLocalizations.localizationsDelegates,
        supportedLocales: AppLocalizations.supportedLocales,
        theme: appTheme(Brightness.light),
        darkTheme: appTheme(Brightness.dark),
        home: Scaffold(
          body: SafeArea(
            child: Center(
              child: SingleChildScrollView(child: Builder(builder: builder)),
            ),
          ),
        ),
      );
}
