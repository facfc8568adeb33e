import 'package:flutter/material.dart';
import 'package:flutter/semantics.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/domain/crop.dart';
import 'package:image_classifier/domain/photo_edit.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/ui/classify/classify_screen.dart';
import 'package:image_classifier/ui/crop/crop_frame.dart';
import 'package:image_classifier/ui/crop/crop_screen.dart';

import '../../testing/ui/fake_classify.dart';
import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_phone.dart';
import '../../testing/ui/fake_queue.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakeUploadQueue queue;
  late FakePhotoCropper cropper;
  late FakeSettingsStore settings;
  setUp(() {
    queue = FakeUploadQueue();
    cropper = FakePhotoCropper();
    settings = FakeSettingsStore();
  });

  Future<void> pump(WidgetTester tester) async {
    final model =
        fakeClassify(queue: queue, cropper: cropper, settings: settings);
    addTearDown(model.dispose);
    await tester.pumpScreen(ClassifyScreen(model: model, tools: fakeTools()));
  }

  /// Opens the screen for a photo in this state.
  Future<void> open(WidgetTester tester, UploadState state) async {
    await pump(tester);
    await tester.tapOn(find.text(en.takePhoto));
    queue.show(exampleUpload(id: 'new', state: state));
    await tester.settleDown();
    await tester.tapOn(find.text(en.cropAction));
  }

  testWidgets('holds a new photo where that is chosen, and opens at once',
      (tester) async {
    await settings.change(const Settings(cropFirst: true));
    await pump(tester);

    await tester.tapOn(find.text(en.takePhoto));

    expect(queue.calls, ['hold /no/such/picked.jpg']);
    expect(find.byType(CropScreen), findsOneWidget);
  });

  testWidgets('says of a held photo what can be done', (tester) async {
    await settings.change(const Settings(cropFirst: true));
    await pump(tester);
    await tester.tapOn(find.text(en.takePhoto));
    await tester.pageBack();
    await tester.settleDown();

    expect(find.text(en.cropHeld), findsOneWidget);
    await tester.tapOn(find.text(en.cropSendWhole));

    expect(queue.calls.last, 'retry new');
  });

  testWidgets('sends all held photos at once, each as it is', (tester) async {
    for (final id in ['one', 'two']) {
      queue.show(exampleUpload(id: id, state: UploadState.needsYou));
    }
    await pump(tester);

    await tester.tapOn(find.text(en.cropSendAll(2)));

    expect(queue.calls, ['retry one', 'retry two']);
  });

  testWidgets('offers to send all only where several are held', (tester) async {
    queue
      ..show(exampleUpload(id: 'held', state: UploadState.needsYou))
      ..show(
        exampleUpload(
          id: 'refused',
          state: UploadState.needsYou,
          problem: const UploadProblem(ErrorCode.uploadTooLarge),
        ),
      );
    await pump(tester);

    expect(find.byTooltip(en.cropSendWhole), findsOneWidget);
    expect(find.text(en.cropSendAll(1)), findsNothing);
    expect(find.text(en.cropSendAll(2)), findsNothing);
  });

  testWidgets('sends what was cropped in place of the photo', (tester) async {
    await open(tester, UploadState.needsYou);

    await tester.tapOn(find.byTooltip(en.cropTurnRight));
    await tester.tapOn(find.text(en.cropSend));

    expect(cropper.edits, [const PhotoEdit(quarterTurns: 1)]);
    expect(queue.calls.last, 'replace new /no/such/cropped.jpg');
    expect(find.byType(CropScreen), findsNothing);
  });

  testWidgets('sends a part of a photo that has its answer as another one',
      (tester) async {
    await open(tester, UploadState.done);

    await tester.tapOn(find.byTooltip(en.cropTurnLeft));
    await tester.tapOn(find.text(en.cropSend));

    expect(queue.calls.last, 'add /no/such/cropped.jpg');
  });

  testWidgets('does not send a photo meanwhile, and sends it after all',
      (tester) async {
    await open(tester, UploadState.waiting);
    expect(queue.calls.last, 'cancel new');

    await tester.pageBack();
    await tester.settleDown();

    expect(queue.calls.last, 'retry new');
    expect(cropper.edits, isEmpty);
  });

  testWidgets('moves the frame with a finger', (tester) async {
    await open(tester, UploadState.needsYou);
    final photo = tester.getRect(find.byType(CropFrame)).deflate(cropReach);

    await tester.dragFrom(photo.centerRight, Offset(-photo.width / 4, 0));
    await tester.pump();
    await tester.tapOn(find.text(en.cropSend));
    final dragged = cropper.edits.single.crop;

    expect(dragged.right, closeTo(0.75, 0.1));
    expect((dragged.left, dragged.top, dragged.bottom), (0, 0, 1));
  });

  testWidgets('undoes step by step, and all at once', (tester) async {
    await open(tester, UploadState.needsYou);
    await tester.tapOn(find.byTooltip(en.cropTurnRight));
    await tester.tapOn(find.byTooltip(en.cropTurnRight));
    await tester.tapOn(find.byTooltip(en.cropWhole));
    expect(find.text(en.cropSendWhole), findsOneWidget);

    await tester.tapOn(find.byTooltip(en.undo));
    await tester.tapOn(find.byTooltip(en.undo));
    await tester.tapOn(find.text(en.cropSend));

    expect(cropper.edits.single.quarterTurns, 1);
  });

  testWidgets('lets a screen reader move each edge', (tester) async {
    final semantics = tester.ensureSemantics();
    await open(tester, UploadState.needsYou);

    for (final (label, action) in [
      (en.cropEdgeLeft, SemanticsAction.increase),
      (en.cropEdgeTop, SemanticsAction.increase),
      (en.cropEdgeRight, SemanticsAction.decrease),
      (en.cropEdgeBottom, SemanticsAction.decrease),
    ]) {
      final node = tester.getSemantics(find.bySemanticsLabel(label));
      node.owner!.performAction(node.id, action);
      await tester.pump();
    }
    await tester.tapOn(find.text(en.cropSend));

    expect(cropper.edits.single.crop, const Crop(0.05, 0.05, 0.95, 0.95));
    semantics.dispose();
  });

  testWidgets('says that the phone cannot crop a photo, and sends it as it is',
      (tester) async {
    cropper.size = null;
    await open(tester, UploadState.needsYou);
    expect(find.text(en.cropUnreadable), findsOneWidget);

    await tester.tapOn(find.text(en.cropSendWhole));

    expect(queue.calls.last, 'retry new');
    expect(find.byType(CropScreen), findsNothing);
  });
}
