import '../../data/api/api_exception.dart';
import '../../data/api/error_code.dart';
import '../../l10n/generated/app_localizations.dart';
import 'formats.dart';

/// A failure in words.
final class ErrorWords {
  const ErrorWords(this.what, this.advice);

  /// What happened.
  final String what;

  /// What to do.
  final String advice;

  String get sentence => '$what $advice';
}

/// The words for [failure].
ErrorWords wordsForFailure(AppLocalizations l10n, ApiException failure) =>
    wordsFor(
      l10n,
      failure.code,
      wait: switch (failure) {
        ThrottledException(:final wait) => wait,
        OverloadedException(:final wait) => wait,
        _ => null,
      },
      detail: switch (failure) {
        RejectedException(:final detail) => detail,
        _ => null,
      },
    );

/// The words for [code]: the one table of all that can go wrong.
///
/// [wait] is how long the server asked to wait; [detail] what it said, which
/// is shown only where this app cannot say it better.
ErrorWords wordsFor(
  AppLocalizations l10n,
  ErrorCode code, {
  Duration? wait,
  String? detail,
}) {
  final pause = formatWait(l10n, wait ?? const Duration(seconds: 30));
  ErrorWords withDetail(String what, String advice) => ErrorWords(
        detail == null || detail.isEmpty
            ? what
            : '$what ${l10n.errorServerSays(detail)}',
        advice,
      );
  return switch (code) {
    ErrorCode.offline =>
      ErrorWords(l10n.errorOffline, l10n.errorOfflineAdvice),
    ErrorCode.brokenOff =>
      ErrorWords(l10n.errorBrokenOff, l10n.errorBrokenOffAdvice),
    ErrorCode.timeOut =>
      ErrorWords(l10n.errorTimeOut, l10n.errorTimeOutAdvice),
    ErrorCode.unauthorised =>
      ErrorWords(l10n.errorUnauthorised, l10n.errorUnauthorisedAdvice),
    ErrorCode.throttled =>
      ErrorWords(l10n.errorThrottled, l10n.errorThrottledAdvice(pause)),
    ErrorCode.overloaded =>
      ErrorWords(l10n.errorOverloaded, l10n.errorOverloadedAdvice(pause)),
    ErrorCode.modelNotReady => ErrorWords(
        l10n.errorModelNotReady,
        l10n.errorModelNotReadyAdvice(pause),
      ),
    ErrorCode.storageFull =>
      ErrorWords(l10n.errorStorageFull, l10n.errorStorageFullAdvice),
    ErrorCode.quotaExceeded =>
      ErrorWords(l10n.errorQuotaExceeded, l10n.errorQuotaExceededAdvice),
    ErrorCode.serverError =>
      ErrorWords(l10n.errorServerError, l10n.errorServerErrorAdvice),
    ErrorCode.malformedAnswer =>
      ErrorWords(l10n.errorMalformedAnswer, l10n.errorMalformedAnswerAdvice),
    ErrorCode.untrustedCertificate => ErrorWords(
        l10n.errorUntrustedCertificate,
        l10n.errorUntrustedCertificateAdvice,
      ),
    ErrorCode.foreignOrigin =>
      ErrorWords(l10n.errorForeignOrigin, l10n.errorForeignOriginAdvice),
    ErrorCode.cancelled =>
      ErrorWords(l10n.errorCancelled, l10n.errorCancelledAdvice),
    ErrorCode.unreadableImage =>
      ErrorWords(l10n.errorUnreadableImage, l10n.errorUnreadableImageAdvice),
    ErrorCode.unsupportedImage =>
      ErrorWords(l10n.errorUnsupportedImage, l10n.errorUnsupportedImageAdvice),
    ErrorCode.uploadTooLarge =>
      ErrorWords(l10n.errorUploadTooLarge, l10n.errorUploadTooLargeAdvice),
    ErrorCode.imageTooLarge =>
      ErrorWords(l10n.errorImageTooLarge, l10n.errorImageTooLargeAdvice),
    ErrorCode.emptyImage =>
      ErrorWords(l10n.errorEmptyImage, l10n.errorEmptyImageAdvice),
    ErrorCode.digestMismatch =>
      ErrorWords(l10n.errorDigestMismatch, l10n.errorDigestMismatchAdvice),
    ErrorCode.idempotencyKeyReused => ErrorWords(
        l10n.errorIdempotencyKeyReused,
        l10n.errorIdempotencyKeyReusedAdvice,
      ),
    ErrorCode.idempotencyInProgress => ErrorWords(
        l10n.errorIdempotencyInProgress,
        l10n.errorIdempotencyInProgressAdvice,
      ),
    ErrorCode.notFound =>
      ErrorWords(l10n.errorNotFound, l10n.errorNotFoundAdvice),
    ErrorCode.wrongCredentials =>
      ErrorWords(l10n.errorWrongCredentials, l10n.errorWrongCredentialsAdvice),
    ErrorCode.wrongResetCode =>
      ErrorWords(l10n.errorWrongResetCode, l10n.errorWrongResetCodeAdvice),
    ErrorCode.registrationClosed => ErrorWords(
        l10n.errorRegistrationClosed,
        l10n.errorRegistrationClosedAdvice,
      ),
    ErrorCode.forbidden =>
      ErrorWords(l10n.errorForbidden, l10n.errorForbiddenAdvice),
    ErrorCode.invalidInput =>
      withDetail(l10n.errorInvalidInput, l10n.errorInvalidInputAdvice),
    ErrorCode.photoGone =>
      ErrorWords(l10n.errorPhotoGone, l10n.errorPhotoGoneAdvice),
    ErrorCode.noRoomOnPhone =>
      ErrorWords(l10n.errorNoRoomOnPhone, l10n.errorNoRoomOnPhoneAdvice),
    ErrorCode.notExplainable =>
      ErrorWords(l10n.errorNotExplainable, l10n.errorNotExplainableAdvice),
    ErrorCode.noOnDeviceModel =>
      ErrorWords(l10n.errorNoOnDeviceModel, l10n.errorNoOnDeviceModelAdvice),
    ErrorCode.secondFactorRequired => ErrorWords(
        l10n.errorSecondFactorRequired,
        l10n.errorSecondFactorRequiredAdvice,
      ),
    ErrorCode.wrongSecondFactor => ErrorWords(
        l10n.errorWrongSecondFactor,
        l10n.errorWrongSecondFactorAdvice,
      ),
    ErrorCode.wrongPairingCode => ErrorWords(
        l10n.errorWrongPairingCode,
        l10n.errorWrongPairingCodeAdvice,
      ),
    ErrorCode.keyStoreRefused =>
      ErrorWords(l10n.errorKeyStoreRefused, l10n.errorKeyStoreRefusedAdvice),
    ErrorCode.unexpected =>
      ErrorWords(l10n.errorUnexpected, l10n.errorUnexpectedAdvice),
    ErrorCode.unknownRejection =>
      withDetail(l10n.errorUnknownRejection, l10n.errorUnknownRejectionAdvice),
  };
}
