import 'dart:io';
import 'dart:typed_data';

import 'package:image_classifier/data/api/api_connection.dart';
import 'package:image_classifier/data/device_repository.dart';
import 'package:image_classifier/data/known_servers.dart';
import 'package:image_classifier/data/model_repository.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/domain/device.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/known_label.dart';
import 'package:image_classifier/domain/pairing_code.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/server_model.dart';
import 'package:image_classifier/domain/session.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:image_classifier/utils/result.dart';

import '../examples.dart';
import '../memory_token_store.dart';

/// Sessions that do what a test says, and write down what was asked.
class FakeSessionRepository implements SessionRepository {
  FakeSessionRepository({bool signedIn = false, Uri? server})
      : session = Observable(signedIn ? exampleSession() : null),
        server = Observable(
          server ?? (signedIn ? exampleSession().server : null),
        );

  @override
  final Observable<Session?> session;

  @override
  final Observable<Uri?> server;

  @override
  bool endedByServer = false;

  /// What was asked for, in order.
  final List<String> calls = [];

  /// What happens next when a server is looked for.
  Future<Result<void>> Function(String? acceptFingerprint) onUseServer =
      (_) async => const Ok(null);
  Future<Result<Session>> Function() onSignIn =
      () async => Ok(exampleSession());
  Future<Result<void>> Function() onSignOut = () async => const Ok(null);
  Future<Result<void>> Function() onChangePassword =
      () async => const Ok(null);
  Future<Result<void>> Function() onDelete = () async => const Ok(null);
  Future<Result<File>> Function(Directory to) onExport =
      (to) async => Ok(File('${to.path}/predictions.zip'));

  @override
  final KnownServers known = KnownServers(MemoryTokenStore());

  @override
  Future<Result<Session>> pair(PairingCode code) {
    calls.add('pair ${code.server} ${code.code} ${code.fingerprint}');
    return onSignIn();
  }

  @override
  ApiConnection get connection => throw UnimplementedError();

  @override
  void onEnd(Future<void> Function(Session, SessionEnd) clean) {}

  @override
  Future<void> restore() async {}

  @override
  Future<Result<void>> useServer(String typed, {String? acceptFingerprint}) {
    calls.add('use $typed $acceptFingerprint');
    return onUseServer(acceptFingerprint);
  }

  @override
  Future<Result<Session>> signIn(
    String username,
    String password, {
    String code = '',
  }) {
    calls.add('sign in $username $password$code');
    return onSignIn();
  }

  @override
  Future<Result<Session>> register(
    String username,
    String password,
    String email,
  ) {
    calls.add('register $username $password $email');
    return onSignIn();
  }

  @override
  Future<Result<void>> signOut() {
    calls.add('sign out');
    return onSignOut();
  }

  @override
  Future<Result<void>> signOutEverywhere() {
    calls.add('sign out everywhere');
    return onSignOut();
  }

  @override
  Future<Result<void>> changePassword(String current, String next) {
    calls.add('change password $current $next');
    return onChangePassword();
  }

  @override
  Future<Result<void>> deleteAccount() {
    calls.add('delete account');
    return onDelete();
  }

  @override
  Future<Result<File>> exportAccount(Directory to) {
    calls.add('export');
    return onExport(to);
  }
}

/// A history that a test fills.
class FakePredictionRepository implements PredictionRepository {
  Future<Result<HistoryPage>> Function(HistoryFilter filter) onFirstPage =
      (_) async => const Ok(HistoryPage(predictions: []));
  Future<Result<HistoryPage>> Function(Uri next) onNextPage =
      (_) async => const Ok(HistoryPage(predictions: []));
  Future<Result<Prediction>> Function() onClassifyAgain =
      () async => Ok(examplePrediction(label: 'tabby'));
  Future<Result<Uint8List>> Function() onWhy = () async => Ok(tinyPng);
  Future<Result<List<KnownLabel>>> Function(String text) onSearch =
      (_) async => const Ok([KnownLabel(label: 'tabby', wnid: 'n02123045')]);
  Future<Result<Uint8List>> Function() onImage = () async => Ok(tinyPng);
  Future<Result<List<String>>> Function() onLabels =
      () async => const Ok(['golden_retriever', 'orange', 'tabby']);

  /// Puts [count] predictions on the first page.
  void fill(int count, {Uri? next}) {
    final page = HistoryPage(
      predictions: [
        for (var i = 0; i < count; i++)
          examplePrediction(id: '$i', label: 'label_$i'),
      ],
      next: next,
    );
    onFirstPage = (_) async => Ok(page);
  }

  /// The labels that heat maps were asked for, in order.
  final List<String> explained = [];

  /// The filters that first pages were asked for with, in order.
  final List<HistoryFilter> filters = [];

  /// Where further pages were asked for, in order.
  final List<Uri> nextPages = [];

  @override
  Future<Result<HistoryPage>> firstPage(HistoryFilter filter) {
    filters.add(filter);
    return onFirstPage(filter);
  }

  @override
  Future<Result<HistoryPage>> nextPage(Uri next, HistoryFilter filter) {
    nextPages.add(next);
    return onNextPage(next);
  }

  @override
  Future<Result<Prediction>> get(String id) async =>
      Ok(examplePrediction(id: id));

  @override
  Future<Result<Prediction>> classifyAgain(Prediction prediction) =>
      onClassifyAgain();

  @override
  Future<Result<Uint8List>> why(Prediction prediction, KnownLabel label) {
    explained.add(label.label);
    return onWhy();
  }

  @override
  Future<Result<List<KnownLabel>>> searchLabels(String text) => onSearch(text);

  @override
  Future<Result<Uint8List>> thumbnail(Prediction prediction) async =>
      Ok(tinyPng);

  @override
  Future<Result<Uint8List>> image(Prediction prediction) => onImage();

  @override
  Future<Result<List<String>>> labels() => onLabels();
}

/// The devices that a test names.
class FakeDeviceRepository implements DeviceRepository {
  Future<Result<List<Device>>> Function() onList = () async => const Ok([]);
  Future<Result<void>> Function() onRevoke = () async => const Ok(null);

  /// The ids of what was signed out, in order.
  final List<String> revoked = [];

  @override
  Future<Result<List<Device>>> list() => onList();

  @override
  Future<Result<void>> revoke(Device device) {
    revoked.add(device.id);
    return onRevoke();
  }
}

/// The models that a test names.
class FakeModelRepository implements ModelRepository {
  Result<List<ServerModel>> models = const Ok([
    ServerModel(
      name: 'resnet50',
      version: '3f9c0a1b2c4d',
      serves: true,
      classes: 1000,
    ),
  ]);

  @override
  Future<Result<List<ServerModel>>> list() async => models;
}

/// The smallest picture: one transparent pixel.
final Uint8List tinyPng = Uint8List.fromList(const [
  0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, //
  0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01,
  0x08, 0x06, 0x00, 0x00, 0x00, 0x1F, 0x15, 0xC4, 0x89, 0x00, 0x00, 0x00,
  0x0B, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x60, 0x00, 0x02, 0x00,
  0x00, 0x05, 0x00, 0x01, 0x7A, 0x5E, 0xAB, 0x3F, 0x00, 0x00, 0x00, 0x00,
  0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
]);
