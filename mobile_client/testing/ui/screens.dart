import 'dart:io';

import 'package:flutter/material.dart' hide Feedback;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/data/password_reset.dart';
import 'package:image_classifier/data/problem_log.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/domain/device.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/ui/account/account_screen.dart';
import 'package:image_classifier/ui/account/change_password_screen.dart';
import 'package:image_classifier/ui/account/delete_account_dialog.dart';
import 'package:image_classifier/ui/classify/classify_screen.dart';
import 'package:image_classifier/ui/classify/classify_view_model.dart';
import 'package:image_classifier/ui/crop/crop_screen.dart';
import 'package:image_classifier/ui/detail/detail_screen.dart';
import 'package:image_classifier/ui/devices/devices_screen.dart';
import 'package:image_classifier/ui/history/history_filter_sheet.dart';
import 'package:image_classifier/ui/history/history_screen.dart';
import 'package:image_classifier/ui/history/label_picker_screen.dart';
import 'package:image_classifier/ui/home/home_screen.dart';
import 'package:image_classifier/ui/lock/lock_gate.dart';
import 'package:image_classifier/ui/pairing/pairing_screen.dart';
import 'package:image_classifier/ui/password_reset/password_reset_screen.dart';
import 'package:image_classifier/ui/prediction/label_search_screen.dart';
import 'package:image_classifier/ui/problems/problems_screen.dart';
import 'package:image_classifier/ui/server/certificate_dialog.dart';
import 'package:image_classifier/ui/server/server_screen.dart';
import 'package:image_classifier/ui/sign_in/sign_in_screen.dart';
import 'package:image_classifier/ui/start/start_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../examples.dart';
import 'fake_changes.dart';
import 'fake_classify.dart';
import 'fake_device.dart';
import 'fake_phone.dart';
import 'fake_queue.dart';
import 'fake_repositories.dart';

/// Every screen, with as much on it as there can be.
final Map<String, Widget Function()> screens = {
  'start that failed': () => StartScreen<void>(
        open: () async => throw const PhoneStorageException.noRoom(),
        builder: (_) => const SizedBox(),
      ),
  'server': () => ServerScreen(
        sessions: FakeSessionRepository(),
        scanner: FakeCodeScanner(),
      ),
  'certificate': () => const CertificateDialog(
        UntrustedCertificateException(
          fingerprint: 'AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:'
              'AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99',
          host: 'photos.example.org',
        ),
      ),
  'sign in': () => SignInScreen(
        scanner: FakeCodeScanner(),
        sessions: FakeSessionRepository(server: exampleSession().server)
          ..endedByServer = true,
      ),
  'classify': () => ClassifyScreen(model: _classify(), tools: fakeTools()),
  'several photos that are held': () => ClassifyScreen(
        model: fakeClassify(
          queue: FakeUploadQueue()
            ..show(exampleUpload(id: 'one', state: UploadState.needsYou))
            ..show(exampleUpload(id: 'two', state: UploadState.needsYou)),
        ),
        tools: fakeTools(),
      ),
  'crop': () => CropScreen(
        model: fakeClassify().cropping(exampleUpload())
          ..turn(clockwise: true),
      ),
  'a photo that this phone cannot crop': () => CropScreen(
        model: fakeClassify(cropper: FakePhotoCropper()..size = null)
            .cropping(exampleUpload()),
      ),
  'history': () => HistoryScreen(tools: fakeTools(predictions: _history())),
  'empty history': () => HistoryScreen(tools: fakeTools()),
  'labels': () => LabelPickerScreen(repository: _history()),
  'detail': () => DetailScreen(
        prediction: examplePrediction(),
        tools: fakeTools(),
      ),
  'broader answer': () => DetailScreen(
        prediction: answering('broader', label: 'a_kind_with_a_long_name'),
        tools: fakeTools(changes: _stuck()),
      ),
  'unsure answer to a bad photo': () => DetailScreen(
        prediction: answering('unsure', flaws: ['blurred', 'dark', 'blank']),
        tools: fakeTools(),
      ),
  'what is it': () => LabelSearchScreen(
        repository: FakePredictionRepository(),
        suggestions: examplePrediction().top,
      ),
  'pairing': () => PairingScreen(
        sessions: FakeSessionRepository(),
        scanner: FakeCodeScanner(),
      ),
  'password reset': () => PasswordResetScreen(
        reset: PasswordReset(FakeSessionRepository(server: Uri())),
      ),
  'locked': () => LockGate(
        isOn: true,
        lock: FakeAppLock()..opens = false,
        child: const SizedBox(),
      ),
  'history filter': () => Scaffold(
        body: HistoryFilterSheet(
          filter: const HistoryFilter(label: 'golden_retriever'),
          repository: FakePredictionRepository(),
        ),
      ),
  'problems': () => ProblemsScreen(
        log: ProblemLog(AppFolder(Directory('/no/such')))
          ..note('Exception: a long text of what went wrong', StackTrace.empty),
        share: FakeShareSheet(),
      ),
  'devices': () => DevicesScreen(repository: _devices()),
  'account': () => AccountScreen(
        dependencies: fakeDependencies(twin: fakeTwin()),
        device: fakeDevice(),
      ),
  'change password': () =>
      ChangePasswordScreen(sessions: FakeSessionRepository(signedIn: true)),
  'delete account': () => const DeleteAccountDialog(username: 'ada'),
  'home': () => HomeScreen(
        owner: exampleSession().owner,
        dependencies: fakeDependencies(
          predictions: _history(),
          devices: _devices(),
        ),
        device: fakeDevice(),
      ),
};

FakeChangeQueue _stuck() => FakeChangeQueue()
  ..show(
    exampleChange(feedback: const Feedback(Verdict.right)).tried(
      isStuck: true,
      problem: const UploadProblem(ErrorCode.invalidInput, 'In its own words.'),
    ),
  );

ClassifyViewModel _classify() {
  final queue = FakeUploadQueue();
  for (final state in UploadState.values) {
    queue.show(
      exampleUpload(
        id: state.name,
        state: state,
        problem: state == UploadState.done
            ? null
            : const UploadProblem(ErrorCode.untrustedCertificate),
      ),
    );
  }
  return fakeClassify(queue: queue)..show(queue.uploads.value.last);
}

FakePredictionRepository _history() => FakePredictionRepository()
  ..onFirstPage = (_) async => Ok(
        HistoryPage(
          predictions: [
            for (var i = 0; i < 12; i++)
              examplePrediction(id: '$i', label: 'a_very_long_label_number_$i'),
          ],
          isOffline: true,
          savedAt: DateTime.utc(2026, 5),
          reason: const OfflineException(),
        ),
      );

FakeDeviceRepository _devices() => FakeDeviceRepository()
  ..onList = () async => Ok([
        for (var i = 0; i < 4; i++)
          Device(
            id: '$i',
            name: 'The phone with the very long name, number $i',
            createdAt: DateTime.utc(2026),
            lastUsedAt: DateTime.utc(2026, 5),
            expiresAt: DateTime.utc(2026, 8),
            isCurrent: i == 0,
          ),
      ]);
