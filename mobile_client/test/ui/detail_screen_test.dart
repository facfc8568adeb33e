import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/ui/detail/detail_screen.dart';
import 'package:image_classifier/ui/detail/zoomable_photo.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/examples.dart';
import '../../testing/ui/fake_changes.dart';
import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakePredictionRepository repository;
  late FakeChangeQueue changes;
  late FakeShareSheet share;
  late FakePhotoAlbum album;
  setUp(() {
    repository = FakePredictionRepository();
    changes = FakeChangeQueue();
    share = FakeShareSheet();
    album = FakePhotoAlbum();
  });

  Future<void> pump(WidgetTester tester, [Prediction? prediction]) =>
      tester.pumpScreen(
        DetailScreen(
          prediction: prediction ?? examplePrediction(),
          tools: fakeTools(
            predictions: repository,
            changes: changes,
            share: share,
            album: album,
          ),
        ),
        size: const Size(400, 1600),
      );

  testWidgets('shows all labels, when, and which model answered',
      (tester) async {
    await pump(tester);

    expect(find.text('Golden retriever'), findsNWidgets(2));
    expect(find.text('Cocker spaniel'), findsOneWidget);
    expect(find.textContaining('2026'), findsOneWidget);
    expect(find.text('resnet50'), findsOneWidget);
    expect(find.textContaining('1600 × 1200'), findsOneWidget);
  });

  testWidgets('says when only the kind is sure', (tester) async {
    await pump(tester, answering('broader', label: 'retriever'));

    expect(find.text('Retriever'), findsNWidgets(2));
    expect(find.text(en.answerBroader('Retriever', '93%')), findsOneWidget);
    expect(find.text('Golden retriever'), findsOneWidget);
  });

  testWidgets('says when nothing is sure', (tester) async {
    await pump(tester, answering('unsure'));

    expect(find.text(en.answerUnsureTitle), findsOneWidget);
    expect(find.text('Golden retriever'), findsOneWidget);
  });

  testWidgets('says why another photo would do better', (tester) async {
    await pump(tester, answering('unsure', flaws: ['blurred']));

    expect(find.textContaining(en.retakeBlurred), findsOneWidget);
  });

  testWidgets('keeps that the answer is right, and takes that back',
      (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.feedbackRight));
    expect(find.textContaining(en.feedbackSaidRight), findsOneWidget);
    expect(find.textContaining(en.feedbackWaits), findsOneWidget);
    await tester.tapOn(find.text(en.feedbackTakeBack));

    expect(find.text(en.feedbackQuestion), findsOneWidget);
    expect(changes.calls, [
      contains('{verdict: right}'),
      contains('null'),
    ]);
  });

  testWidgets('keeps what it is, found by its name', (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.feedbackWrong));
    expect(find.text('Cocker spaniel'), findsOneWidget);
    await tester.enterText(find.byType(TextField), 'tab');
    await tester.settleDown();
    await tester.tapOn(find.text('Tabby'));

    expect(find.textContaining(en.feedbackSaidWrong('Tabby')), findsOneWidget);
    expect(
      changes.calls.single,
      contains('{verdict: wrong, label: tabby, wnid: n02123045}'),
    );
  });

  testWidgets('keeps a name that the model does not know', (tester) async {
    repository.onSearch = (_) async => const Failed(OfflineException());
    await pump(tester);

    await tester.tapOn(find.text(en.feedbackWrong));
    await tester.enterText(find.byType(TextField), 'my cat');
    await tester.settleDown();
    expect(find.text(en.labelSearchOffline), findsOneWidget);
    await tester.tapOn(find.text(en.labelSearchNew('my cat')));

    expect(changes.calls.single, contains('label: my cat'));
  });

  testWidgets('lays a heat map over the photo, for any label', (tester) async {
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.actionWhy));
    expect(find.text(en.whyShown('Golden retriever')), findsOneWidget);
    await tester.tapOn(find.text('Cocker spaniel'));
    expect(find.text(en.whyShown('Cocker spaniel')), findsOneWidget);
    await tester.tapOn(find.byTooltip(en.actionWhyHide));

    expect(find.text(en.whyShown('Cocker spaniel')), findsNothing);
    expect(repository.explained, ['golden_retriever', 'cocker_spaniel']);
  });

  testWidgets('says that a model cannot show where', (tester) async {
    repository.onWhy = () async => const Failed(
          RejectedException(
            status: 404,
            serverCode: 'not_explainable',
            detail: '',
          ),
        );
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.actionWhy));

    expect(find.text(en.errorNotExplainable), findsOneWidget);
  });

  testWidgets('shares and saves the photo', (tester) async {
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.actionShare));
    await tester.tapOn(find.byTooltip(en.actionSave));

    expect(share.shared, ['/no/such/golden_retriever.jpg']);
    expect(album.saved, ['/no/such/golden_retriever.jpg']);
    expect(find.text(en.savedToPhotos), findsOneWidget);
  });

  testWidgets('says why nothing was saved', (tester) async {
    album.isAllowed = false;
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.actionSave));

    expect(find.text(en.notSavedToPhotos), findsOneWidget);
  });

  testWidgets('says why a photo was not shared where one looks',
      (tester) async {
    await tester.pumpScreen(
      DetailScreen(
        prediction: examplePrediction(),
        tools: fakeTools(
          files: FakePhotoFiles()..file = const Failed(OfflineException()),
        ),
      ),
    );

    await tester.tapOn(find.byTooltip(en.actionShare));

    final button = tester.getRect(find.byTooltip(en.actionShare));
    final words = tester.getRect(find.text(en.errorOffline));
    expect(words.top, inInclusiveRange(button.bottom, phone.height));
  });

  testWidgets('classifies again, and shows the new answer', (tester) async {
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.actionAgain));

    expect(find.text('Tabby'), findsWidgets);
    expect(find.text(en.againDone), findsOneWidget);
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
    expect(find.text('Cocker spaniel'), findsOneWidget);

    repository.onImage = () async => Ok(tinyPng);
    await tester.tapOn(find.text(en.retry));

    expect(find.byType(ZoomablePhoto), findsOneWidget);
  });
}
