import 'dart:io';

import 'package:image_classifier/config.dart' as config;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/device_repository.dart';
import 'package:image_classifier/data/model_repository.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/live_server.dart';
import '../../testing/phone.dart';
import '../../testing/results.dart';
import '../../testing/until.dart';

void main() {
  final whyNot = LiveServer.whyNot;
  if (whyNot != null) {
    test('against the real server', () {}, skip: whyNot);
    return;
  }
  group('against the real server,', () {
    late LiveServer server;
    setUpAll(() async => server = await LiveServer.start());
    tearDownAll(() => server.delete());

    test('an account lives from registration to deletion', () async {
      final phone = await Phone.at(server);

      final session = valueOf(
        await phone.sessions.register('ada', password, 'ada@example.org'),
      );
      expect(session.user.username, 'ada');
      final prediction = await phone.classify(server.photo);
      expect(prediction.displayName, 'Orange');
      expect(prediction.top, hasLength(5));

      final page = valueOf(
        await phone.history.firstPage(const HistoryFilter()),
      );
      expect(page.predictions.single.id, prediction.id);
      expect(page.isOffline, isFalse);
      expect(
        valueOf(await phone.history.image(prediction)),
        server.photo.readAsBytesSync(),
      );
      expect(
        valueOf(await phone.history.thumbnail(prediction)).sublist(0, 2),
        [0xff, 0xd8],
      );
      expect(valueOf(await phone.history.get(prediction.id)), prediction);
      await phone.changes.delete(prediction.id);
      await phone.changeClock.advance(config.undoTime);
      await until(phone.changes.changes, (all) => all.isEmpty);
      expect(
        valueOf(await phone.history.firstPage(const HistoryFilter()))
            .predictions,
        isEmpty,
      );

      valueOf(await phone.sessions.deleteAccount());
      expect(phone.sessions.session.value, isNull);
      expect(
        failureIn(await phone.sessions.signIn('ada', password)).code,
        ErrorCode.wrongCredentials,
      );
    });

    test('the history is filtered and paged', () async {
      final phone = await Phone.signedUp(server, 'grace');
      final prediction = await phone.classify(server.photo);

      final some = await phone.history
          .firstPage(const HistoryFilter(label: 'orange', search: 'rang'));
      final none = await phone.history
          .firstPage(const HistoryFilter(label: 'golden retriever'));

      expect(valueOf(some).predictions, [prediction]);
      expect(valueOf(none).predictions, isEmpty);
      expect(valueOf(await phone.history.labels()), contains('orange'));
    });

    test('the models that serve are listed', () async {
      final phone = await Phone.signedUp(server, 'edsger');

      final models = valueOf(await ModelRepository(phone.sessions).list());

      expect(models.single.serves, isTrue);
      expect(models.single.name, 'efficientnet_lite0');
      expect(models.single.classes, 1000);
      expect(models.single.publishedTop1, 0.751);
    });

    test('a device that is revoked has to sign in again', () async {
      final here = await Phone.signedUp(server, 'barbara', name: 'phone');
      final there = await Phone.at(server, name: 'tablet');
      valueOf(await there.sessions.signIn('barbara', password));
      final devices = DeviceRepository(here.sessions);

      final listed = valueOf(await devices.list());
      valueOf(await devices.revoke(listed.firstWhere((d) => !d.isCurrent)));

      expect(
        [for (final device in listed) device.name],
        unorderedEquals(['phone', 'tablet']),
      );
      expect(
        failureIn(await there.history.firstPage(const HistoryFilter())),
        isA<UnauthorisedException>(),
      );
      expect(there.sessions.session.value, isNull);
      expect(there.sessions.endedByServer, isTrue);
      expect(valueOf(await devices.list()), hasLength(1));
    });

    test('a changed password ends the other sessions', () async {
      final here = await Phone.signedUp(server, 'alan');
      final there = await Phone.at(server);
      valueOf(await there.sessions.signIn('alan', password));

      final wrong =
          failureIn(await here.sessions.changePassword('wrong', 'next one 42'));
      valueOf(await here.sessions.changePassword(password, 'next one 42'));

      expect(wrong.code, ErrorCode.wrongCredentials);
      expect(here.sessions.session.value, isNotNull);
      valueOf(await here.history.firstPage(const HistoryFilter()));
      expect(
        failureIn(await there.history.firstPage(const HistoryFilter())).code,
        ErrorCode.unauthorised,
      );
    });

    test('signing out everywhere ends this session too', () async {
      final phone = await Phone.signedUp(server, 'john');
      final other = await Phone.at(server);
      valueOf(await other.sessions.signIn('john', password));

      valueOf(await phone.sessions.signOutEverywhere());

      expect(phone.sessions.session.value, isNull);
      expect(
        failureIn(await other.history.firstPage(const HistoryFilter())).code,
        ErrorCode.unauthorised,
      );
    });

    test('the export is a zip with the photo in it', () async {
      final phone = await Phone.signedUp(server, 'margaret');
      await phone.classify(server.photo);
      final folder = temporaryFolder();
      addTearDown(() => folder.deleteSync(recursive: true));

      final zip = valueOf(await phone.sessions.exportAccount(folder));

      final bytes = zip.readAsBytesSync();
      expect(bytes.sublist(0, 2), [0x50, 0x4b]);
      expect(bytes.length, greaterThan(server.photo.lengthSync()));
    });

    test('a photo that is none needs the user', () async {
      final phone = await Phone.signedUp(server, 'tim');
      final note = File('${phone.folder.path}/note.jpg')
        ..writeAsStringSync('This is not a photo. ' * 50);

      final kept = await phone.queue.add(note);
      final seen = await until(
        phone.queue.uploads,
        (uploads) => uploads.any((u) => u.state == UploadState.needsYou),
      );

      expect(seen.single.id, kept.id);
      expect(
        seen.single.problem!.code,
        anyOf(ErrorCode.unreadableImage, ErrorCode.unsupportedImage),
      );
      expect(seen.single.problem!.detail, isNotEmpty);
    });

    test('a poor password is refused with the reason', () async {
      final phone = await Phone.at(server);

      final failure = failureIn(await phone.sessions.register('x', '1234', ''));

      expect(failure, isA<RejectedException>());
      failure as RejectedException;
      expect(failure.code, ErrorCode.invalidInput);
      expect(failure.attr, 'password');
      expect(failure.complaints.length, greaterThan(1));
    });
  });
}
