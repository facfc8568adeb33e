import '../../domain/queued_upload.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/photo_picker.dart';
import '../core/error_messages.dart';

/// Where a photo is on its way; [progress] is how much of it was sent.
String uploadStateIn(
  AppLocalizations l10n,
  QueuedUpload upload,
  double? progress,
) =>
    switch (upload.state) {
      UploadState.waiting => l10n.uploadWaiting,
      UploadState.sending when (progress ?? 0) >= 1 =>
        l10n.uploadAwaitingAnswer,
      UploadState.sending =>
        l10n.uploadSending(l10n.progressPercentage(progress ?? 0)),
      UploadState.done => l10n.uploadDone,
      UploadState.needsYou =>
        upload.isHeld ? l10n.cropHeld : l10n.uploadNeedsYou,
    };

/// Why a photo is not through yet; null if nothing is wrong.
ErrorWords? uploadReason(AppLocalizations l10n, QueuedUpload upload) =>
    switch (upload.problem) {
      null => null,
      final problem => wordsFor(
          l10n,
          problem.code,
          detail: problem.detail,
          wait: upload.notBefore?.difference(DateTime.now()),
        ),
    };

/// Why the phone gave no photo.
ErrorWords pickProblemWords(AppLocalizations l10n, PickProblem problem) =>
    switch (problem) {
      PickProblem.cameraRefused =>
        ErrorWords(l10n.pickCameraRefused, l10n.pickCameraRefusedAdvice),
      PickProblem.galleryRefused =>
        ErrorWords(l10n.pickGalleryRefused, l10n.pickGalleryRefusedAdvice),
      PickProblem.noCamera =>
        ErrorWords(l10n.pickNoCamera, l10n.pickNoCameraAdvice),
      PickProblem.failed => ErrorWords(l10n.pickFailed, l10n.pickFailedAdvice),
    };
