import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/platform/photo_picker.dart';
import 'package:image_classifier/ui/classify/classify_screen.dart';
import 'package:image_classifier/ui/classify/classify_view_model.dart';
import 'package:image_classifier/ui/classify/local_photo.dart';

import '../../testing/examples.dart';
import '../../testing/ui/fake_classify.dart';
import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_queue.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakeUploadQueue queue;
  late FakePhotoPicker picker;
  late FakeSettingsStore settings;
  setUp(() {
    queue = FakeUploadQueue();
    picker = FakePhotoPicker();
    settings = FakeSettingsStore();
  });

  Future<ClassifyViewModel> pump(WidgetTester tester) async {
    final model =
        fakeClassify(queue: queue, picker: picker, settings: settings);
    addTearDown(model.dispose);
    await tester.pumpScreen(ClassifyScreen(model: model, tools: fakeTools()));
    return model;
  }

  testWidgets('begins with what it is for', (tester) async {
    await pump(tester);

    expect(find.text(en.classifyEmptyTitle), findsOneWidget);
    expect(find.byType(LocalPhoto), findsNothing);
  });

  testWidgets('shows the photo at once and takes it into the queue',
      (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.takePhoto));

    expect(picker.calls, ['camera']);
    expect(queue.calls, ['add /no/such/picked.jpg']);
    expect(find.byType(LocalPhoto), findsOneWidget);
    expect(find.textContaining(en.uploadWaiting), findsOneWidget);
  });

  testWidgets('asks for originals only if they were chosen', (tester) async {
    await settings.setSendOriginals(true);
    await pump(tester);

    await tester.tapOn(find.text(en.choosePhoto));

    expect(picker.calls, ['gallery original']);
  });

  testWidgets('stays as it is when no photo was chosen', (tester) async {
    picker.outcome = const NothingPicked();
    await pump(tester);

    await tester.tapOn(find.text(en.takePhoto));

    expect(queue.calls, isEmpty);
    expect(find.text(en.classifyEmptyTitle), findsOneWidget);
  });

  for (final (problem, what) in [
    (PickProblem.cameraRefused, en.pickCameraRefused),
    (PickProblem.galleryRefused, en.pickGalleryRefused),
    (PickProblem.noCamera, en.pickNoCamera),
    (PickProblem.failed, en.pickFailed),
  ]) {
    testWidgets('says what to do about ${problem.name}', (tester) async {
      picker.outcome = PickFailed(problem);
      await pump(tester);

      await tester.tapOn(find.text(en.takePhoto));
      expect(find.text(what), findsOneWidget);
      await tester.tapOn(find.byTooltip(en.close));

      expect(find.text(what), findsNothing);
    });
  }

  testWidgets('takes over the photo during which the phone ended the app',
      (tester) async {
    picker.lost = picker.outcome;
    final model = await pump(tester);

    await model.recoverLost();
    await tester.settleDown();

    expect(queue.calls, ['add /no/such/picked.jpg']);
  });

  testWidgets('says that the phone is full and tries again', (tester) async {
    queue.refusal = const PhoneStorageException.noRoom();
    await pump(tester);

    await tester.tapOn(find.text(en.takePhoto));
    expect(find.text(en.errorNoRoomOnPhone), findsOneWidget);
    queue.refusal = null;
    await tester.tapOn(find.text(en.retry));

    expect(find.text(en.errorNoRoomOnPhone), findsNothing);
    expect(find.textContaining(en.uploadWaiting), findsOneWidget);
  });

  testWidgets('goes on after a photo that is gone', (tester) async {
    queue.refusal = const PhoneStorageException.photoGone();
    await pump(tester);
    await tester.tapOn(find.text(en.takePhoto));
    expect(find.text(en.errorPhotoGone), findsOneWidget);
    queue.refusal = null;
    await tester.tapOn(find.text(en.takePhoto));
    expect(queue.calls, hasLength(2));
  });

  testWidgets('shows the progress in percent, and can be cancelled',
      (tester) async {
    await pump(tester);
    await tester.tapOn(find.text(en.takePhoto));

    queue.show(exampleUpload(id: 'new', state: UploadState.sending));
    queue.progressOf('new').value = 0.45;
    await tester.settleDown();
    expect(find.text(en.uploadSending('45%')), findsOneWidget);
    queue.progressOf('new').value = 1;
    await tester.settleDown();
    expect(find.text(en.uploadAwaitingAnswer), findsOneWidget);
    await tester.tapOn(find.text(en.uploadCancel));

    expect(queue.calls.last, 'cancel new');
  });

  testWidgets('shows the label once, and the others as bars', (tester) async {
    await pump(tester);
    await tester.tapOn(find.text(en.takePhoto));

    queue.show(exampleUpload(id: 'new', state: UploadState.done));
    await tester.settleDown();

    expect(find.text('Golden retriever'), findsOneWidget);
    expect(find.text(en.answerExact('97%')), findsOneWidget);
    expect(find.text('Cocker spaniel'), findsOneWidget);
    expect(find.byType(LinearProgressIndicator), findsOneWidget);
    expect(find.textContaining('3f9c0a1b2c4d'), findsNothing);
  });

  testWidgets('reads the result out', (tester) async {
    final semantics = tester.ensureSemantics();
    await pump(tester);
    await tester.tapOn(find.text(en.takePhoto));

    queue.show(exampleUpload(id: 'new', state: UploadState.done));
    await tester.settleDown();

    expect(
      tester.getSemantics(
        find.bySemanticsLabel(
          en.resultAnnouncement('Golden retriever', '97%'),
        ),
      ),
      matchesSemantics(
        isLiveRegion: true,
        label: en.resultAnnouncement('Golden retriever', '97%'),
      ),
    );
    semantics.dispose();
  });

  testWidgets('says why a photo needs its owner, and sends it again',
      (tester) async {
    await pump(tester);
    await tester.tapOn(find.text(en.takePhoto));

    queue.show(
      exampleUpload(
        id: 'new',
        state: UploadState.needsYou,
        problem: const UploadProblem(ErrorCode.uploadTooLarge),
      ),
    );
    await tester.settleDown();
    expect(find.text(en.errorUploadTooLarge), findsOneWidget);
    expect(find.text(en.errorUploadTooLargeAdvice), findsOneWidget);
    await tester.tapOn(find.text(en.uploadRetry));

    expect(queue.calls.last, 'retry new');
  });

  testWidgets('asks before a photo without an answer is removed',
      (tester) async {
    await pump(tester);
    await tester.tapOn(find.text(en.takePhoto));
    queue.show(exampleUpload(id: 'new', state: UploadState.needsYou));
    await tester.settleDown();

    await tester.tapOn(find.text(en.uploadRemove));
    await tester.tapOn(find.text(en.cancel));
    expect(queue.calls, isNot(contains('remove new')));
    await tester.tapOn(find.text(en.uploadRemove));
    await tester.tapOn(find.widgetWithText(FilledButton, en.uploadRemove));

    expect(queue.calls.last, 'remove new');
    expect(find.text(en.classifyEmptyTitle), findsOneWidget);
  });

  testWidgets('lists the other photos with their state and reason',
      (tester) async {
    queue
      ..show(
        exampleUpload(
          id: 'late',
          problem: const UploadProblem(ErrorCode.offline),
        ),
      )
      ..show(exampleUpload(id: 'done', state: UploadState.done));

    await pump(tester);

    expect(find.text(en.otherPhotos), findsOneWidget);
    expect(find.text(en.uploadWaiting), findsOneWidget);
    expect(find.textContaining(en.errorOffline), findsOneWidget);
    expect(find.textContaining('Golden retriever'), findsOneWidget);
  });

  testWidgets('shows nothing of another account', (tester) async {
    queue.uploads.value = [
      QueuedUpload(
        id: 'theirs',
        path: '/no/such/theirs.photo',
        sha256: '',
        bytes: 3,
        createdAt: DateTime.utc(2026, 5),
        owner: exampleSession(userId: 8).owner,
      ),
    ];

    await pump(tester);

    expect(find.text(en.otherPhotos), findsNothing);
  });
}
