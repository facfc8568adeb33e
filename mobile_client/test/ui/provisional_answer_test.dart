import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/twin/twin.dart';
import 'package:image_classifier/domain/model_ref.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/domain/scored_label.dart';
import 'package:image_classifier/ui/account/account_screen.dart';
import 'package:image_classifier/ui/classify/classify_screen.dart';
import 'package:image_classifier/utils/observable.dart';

import '../../testing/ui/fake_classify.dart';
import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_queue.dart';
import '../../testing/ui/pump.dart';

void main() {
  testWidgets('what the phone sees is shown until the server answers',
      (tester) async {
    final queue = FakeUploadQueue();
    final model = fakeClassify(
      queue: queue,
      provisional: Observable(const {
        'new': ProvisionalAnswer(
          model: ModelRef(name: 'lite0', version: 'one'),
          top: [ScoredLabel(wnid: '', label: 'tabby', probability: 0.7)],
        ),
      }),
    );
    addTearDown(model.dispose);
    await tester.pumpScreen(ClassifyScreen(model: model, tools: fakeTools()));

    await tester.tapOn(find.text(en.takePhoto));
    expect(find.text(en.provisionalTitle('Tabby', '70%')), findsOneWidget);
    expect(find.text(en.provisionalBody), findsOneWidget);
    queue.show(exampleUpload(id: 'new', state: UploadState.done));
    await tester.settleDown();

    expect(find.text(en.provisionalBody), findsNothing);
    expect(find.text('Golden retriever'), findsWidgets);
  });

  testWidgets('how often the phone and the server agree is counted',
      (tester) async {
    final twin = fakeTwin();
    await tester.pumpScreen(
      AccountScreen(
        dependencies: fakeDependencies(twin: twin),
        device: fakeDevice(),
      ),
    );
    await tester.reach(find.text(en.twinTitle));
    expect(find.text(en.twinBody), findsOneWidget);

    twin.agreement.value = const Agreement(same: 7, different: 1);
    await tester.settleDown();

    expect(find.text(en.twinAgreement(7, 8)), findsOneWidget);
  });
}
