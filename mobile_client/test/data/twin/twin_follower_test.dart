import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/twin/twin.dart';
import 'package:image_classifier/data/twin/twin_follower.dart';
import 'package:image_classifier/data/twin/twin_store.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../../testing/queue_rig.dart';

void main() {
  late QueueRig rig;
  late SettingsStore settings;
  late _CountedTwin twin;
  final server = Observable<Uri?>(null);

  setUp(() async {
    rig = await QueueRig.start();
    settings = SettingsStore(AppFolder(rig.root));
    await settings.change(const Settings(useTwin: true));
    twin = _CountedTwin(rig.root);
    server.value = Uri.parse('http://one/');
  });
  tearDown(() => rig.end());

  void follow() =>
      followWith(twin, settings: settings, queue: rig.queue, server: server);

  Future<void> send() async {
    await rig.whenIs(await rig.add('${twin.asked}'), UploadState.done);
    await rig.settle();
  }

  test('a model that could not be fetched is asked for again', () async {
    twin.failure = const OfflineException();
    follow();
    await rig.settle();
    expect(twin.asked, 1);

    await send();
    expect(twin.asked, greaterThan(1));
  });

  test('a model that the phone has no room for is not fetched again', () async {
    twin.failure = const PhoneStorageException.noRoom();
    follow();
    await send();

    expect(twin.asked, 1);
  });

  test('a server without one is not asked again, another one is', () async {
    twin.failure = const RejectedException(
      status: 404,
      serverCode: 'no_on_device_model',
      detail: '',
    );
    follow();
    await send();
    expect(twin.asked, 1);

    server.value = Uri.parse('http://another/');
    await send();
    expect(twin.asked, 2);
  });
}

/// Has no model, and counts how often it asks for one.
class _CountedTwin implements Twin {
  _CountedTwin(this._root);

  final Directory _root;
  ApiException? failure;
  int asked = 0;

  @override
  Future<Result<InstalledTwin>> update() async {
    asked++;
    await _root.stat();
    return Failed(failure!);
  }

  @override
  Future<void> follow(List<QueuedUpload> uploads) async {}

  @override
  dynamic noSuchMethod(Invocation invocation) => super.noSuchMethod(invocation);
}
