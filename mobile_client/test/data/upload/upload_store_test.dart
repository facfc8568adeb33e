import 'dart:io';

import 'package:image_classifier/config.dart' as config;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/upload/upload_store.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/sha256.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/faulty_file_system.dart';

void main() {
  late Directory root;
  late UploadStore store;
  final now = DateTime.utc(2026);

  setUp(() {
    root = temporaryFolder();
    store = UploadStore(AppFolder(root));
  });
  tearDown(() => root.deleteSync(recursive: true));

  File photo(String content) =>
      File('${root.path}/original')..writeAsStringSync(content);

  Future<QueuedUpload> keep(
    String content, {
    String owner = 'ada',
    List<QueuedUpload> jobs = const [],
    DateTime? at,
  }) =>
      store.keep(photo(content), owner: owner, now: at ?? now, jobs: jobs);

  Future<List<QueuedUpload>> load([String owner = 'ada']) =>
      store.load(owner, now: now);

  List<String> names() => [
        for (final entry in Directory('${root.path}/queue').listSync(
          recursive: true,
        ))
          if (entry is File) entry.path.split('.').last,
      ]..sort();

  test('a photo is copied, with its hash, its size and a new key', () async {
    final job = await keep('abc');

    expect(File(job.path).readAsStringSync(), 'abc');
    expect(job.path, isNot('${root.path}/original'));
    expect(job.sha256, Sha256.hexOf('abc'.codeUnits));
    expect(job.bytes, 3);
    expect(job.idempotencyKey, matches('^[0-9a-f-]{36}\$'));
  });

  test('a photo outlives its original and the process', () async {
    final job = await keep('abc');
    File('${root.path}/original').deleteSync();

    final loaded = (await load()).single;

    expect(loaded.toJson(), job.toJson());
    expect(File(loaded.path).readAsStringSync(), 'abc');
  });

  test('a photo that is waiting is not taken twice', () async {
    final first = await keep('abc');

    final second = await keep('abc', jobs: [first]);

    expect(second.id, first.id);
    expect(names(), ['json', 'photo']);
  });

  test('a photo that is done may be taken again', () async {
    final first = await keep('abc');

    final second = await keep('abc', jobs: [first.moved(UploadState.done)]);

    expect(second.id, isNot(first.id));
  });

  test('photos of one account are not loaded for another', () async {
    await keep('abc');

    expect(await load('grace'), isEmpty);
    expect(await load(), hasLength(1));
  });

  test('a photo whose job was not written becomes a job again', () async {
    final job = await keep('abc');
    File(job.path.replaceFirst('.photo', '.json')).deleteSync();

    final loaded = (await load()).single;

    expect(loaded.id, job.id);
    expect(loaded.sha256, job.sha256);
    expect(loaded.state, UploadState.waiting);
    expect(names(), ['json', 'photo']);
  });

  test('a job that cannot be read is made anew, with its key', () async {
    final job = await keep('abc');
    File(job.path.replaceFirst('.photo', '.json')).writeAsStringSync('{"id');

    final loaded = (await load()).single;

    expect(loaded.idempotencyKey, job.idempotencyKey);
    expect(loaded.bytes, 3);
  });

  test('a job of a version with another state is made anew', () async {
    final job = await keep('abc');
    final file = File(job.path.replaceFirst('.photo', '.json'));
    file.writeAsStringSync(
      file.readAsStringSync().replaceFirst('"waiting"', '"pondering"'),
    );

    expect((await load()).single.state, UploadState.waiting);
  });

  test('half a photo is cleared away', () async {
    final job = await keep('abc');
    File('${job.path}.tmp').writeAsStringSync('ab');

    await load();

    expect(names(), ['json', 'photo']);
  });

  test('a removal that was interrupted is finished', () async {
    final job = await keep('abc');
    File(job.path.replaceFirst('.photo', '.json'))
        .renameSync(job.path.replaceFirst('.photo', '.removed'));

    expect(await load(), isEmpty);
    expect(names(), isEmpty);
  });

  test('what is removed does not come back', () async {
    await store.remove(await keep('abc'));

    expect(await load(), isEmpty);
    expect(names(), isEmpty);
  });

  test('a job without its photo needs the user', () async {
    final job = await keep('abc');
    File(job.path).deleteSync();

    final loaded = (await load()).single;

    expect(loaded.state, UploadState.needsYou);
    expect(loaded.problem!.code, ErrorCode.photoGone);
  });

  test('a photo that changed on the phone is not intact', () async {
    final job = await keep('abc');
    expect(await store.isIntact(job), isTrue);

    File(job.path).writeAsStringSync('abd');

    expect(await store.isThere(job), isTrue);
    expect(await store.isIntact(job), isFalse);
  });

  test('a photo that was cut off is not there', () async {
    final job = await keep('abc');

    File(job.path).writeAsStringSync('ab');

    expect(await store.isThere(job), isFalse);
  });

  test('of the photos that are done the newest are kept', () async {
    for (var i = 0; i < config.doneUploadsKept + 3; i++) {
      final job = await keep('photo $i', at: now.add(Duration(minutes: i)));
      await store.save(job.moved(UploadState.done));
    }
    final waiting = await keep('waiting', at: now);

    final loaded = await load();

    expect(loaded, hasLength(config.doneUploadsKept + 1));
    expect(loaded.first.id, waiting.id);
    expect(names(), hasLength(2 * (config.doneUploadsKept + 1)));
  });

  test('an account that is no more leaves nothing', () async {
    await keep('abc');
    await keep('abc', owner: 'grace');

    await store.removeAll('ada');

    expect(await load(), isEmpty);
    expect(await load('grace'), hasLength(1));
  });

  test('a photo that is not there cannot be kept', () async {
    await expectLater(
      store.keep(File('${root.path}/no'), owner: 'ada', now: now, jobs: []),
      throwsA(
        isA<PhoneStorageException>()
            .having((e) => e.code, 'code', ErrorCode.photoGone),
      ),
    );
  });

  for (final failAt in [1, 2]) {
    test('a phone that is full at write $failAt keeps nothing', () async {
      final full = FullFileSystem(failAt: failAt);
      store = UploadStore(AppFolder(root, files: full));

      await expectLater(
        keep('abc'),
        throwsA(
          isA<PhoneStorageException>()
              .having((e) => e.code, 'code', ErrorCode.noRoomOnPhone),
        ),
      );

      expect(names(), isEmpty);
    });
  }
}
