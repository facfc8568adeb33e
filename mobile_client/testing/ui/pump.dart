import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/l10n/generated/app_localizations.dart';
import 'package:image_classifier/ui/core/theme.dart';

/// The words that screens show in tests.
final AppLocalizations en = lookupAppLocalizations(const Locale('en'));

/// The same in German, which is longer.
final AppLocalizations de = lookupAppLocalizations(const Locale('de'));

const Size phone = Size(400, 800);
const Size smallPhone = Size(320, 568);
const Size tablet = Size(1280, 800);

extension PumpScreen on WidgetTester {
  /// Shows [screen] as the app would, on a display of [size].
  Future<void> pumpScreen(
    Widget screen, {
    Locale locale = const Locale('en'),
    Size size = phone,
    double textScale = 1,
    Brightness brightness = Brightness.light,
    TextDirection direction = TextDirection.ltr,
  }) async {
    useDisplay(size, textScale: textScale);
    await pumpWidget(
      MaterialApp(
        debugShowCheckedModeBanner: false,
        locale: locale,
        localizationsDelegates: AppLocalizations.localizationsDelegates,
        supportedLocales: AppLocalizations.supportedLocales,
        theme: appTheme(brightness),
        builder: (context, child) => Directionality(
          textDirection: direction,
          child: child ?? const SizedBox.shrink(),
        ),
        home: screen,
      ),
    );
    await pump();
    await pump();
  }

  /// Makes the display [size] large, until the test ends.
  void useDisplay(Size size, {double textScale = 1}) {
    view.devicePixelRatio = 1;
    view.physicalSize = size;
    platformDispatcher.textScaleFactorTestValue = textScale;
    addTearDown(view.reset);
    addTearDown(platformDispatcher.clearTextScaleFactorTestValue);
  }

  /// Scrolls to [finder], taps it and lets what follows happen.
  Future<void> tapOn(Finder finder) async {
    await reach(finder);
    await ensureVisible(finder);
    await pump();
    await tap(finder);
    await settleDown();
  }

  /// Scrolls down until [finder] is there: a list makes what is seen only.
  Future<void> reach(Finder finder) async {
    for (var i = 0; i < 20 && finder.evaluate().isEmpty; i++) {
      await drag(find.byType(Scrollable).first, const Offset(0, -300));
      await pump();
    }
  }

  /// Lets what is going on end, though spinners turn forever.
  Future<void> settleDown() async {
    for (var i = 0; i < 6; i++) {
      await pump(const Duration(milliseconds: 100));
    }
  }
}
