import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/ui/detail/detail_screen.dart';
import 'package:image_classifier/ui/detail/zoomable_photo.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/examples.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakePredictionRepository repository;
  setUp(() => repository = FakePredictionRepository());

  Future<void> pump(WidgetTester tester) => tester.pumpScreen(
        DetailScreen(prediction: examplePrediction(), repository: repository),
      );

  testWidgets('shows all labels, when, and which model answered',
      (tester) async {
    await pump(tester);

    expect(find.text('golden retriever'), findsNWidgets(2));
    expect(find.text('cocker spaniel'), findsOneWidget);
    expect(find.textContaining('2026'), findsOneWidget);
    expect(
      find.text(en.detailModelVersion('resnet50', '3f9c0a1b2c4d')),
      findsOneWidget,
    );
    expect(find.textContaining('1600 × 1200'), findsOneWidget);
  });

  testWidgets('shows the photo, and enlarges it on a double tap',
      (tester) async {
    await pump(tester);
    final photo = find.byType(ZoomablePhoto);
    expect(photo, findsOneWidget);

    await tester.tap(photo);
    await tester.pump(const Duration(milliseconds: 100));
    await tester.tap(photo);
    await tester.settleDown();

    final viewer = tester.widget<InteractiveViewer>(
      find.byType(InteractiveViewer),
    );
    expect(viewer.transformationController!.value.getMaxScaleOnAxis(), 3);
  });

  testWidgets('says why there is no photo, and tries again', (tester) async {
    repository.onImage = () async => const Failed(OfflineException());
    await pump(tester);
    expect(find.text(en.errorOffline), findsOneWidget);
    expect(find.text('cocker spaniel'), findsOneWidget);

    repository.onImage = () async => Ok(tinyPng);
    await tester.tapOn(find.text(en.retry));

    expect(find.byType(ZoomablePhoto), findsOneWidget);
  });
}
