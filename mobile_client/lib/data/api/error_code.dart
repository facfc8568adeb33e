/// Everything that can go wrong and needs words for people.
enum ErrorCode {
  /// No connection to the server.
  offline,

  /// The connection broke while a photo was sent.
  brokenOff,

  /// The server was silent for too long.
  timeOut,

  /// The token is not valid any more: sign in again.
  unauthorised,

  /// Too many requests; it says how long to wait.
  throttled,

  /// The server has more to do than it can; it says how long to wait.
  overloaded,

  /// The server has no model that answers yet.
  modelNotReady,

  /// The server's disk is full.
  storageFull,

  /// The account's share of the server's disk is full.
  quotaExceeded,

  /// The server failed.
  serverError,

  /// What answered is not one of our servers, or of another version.
  malformedAnswer,

  /// Nobody vouches for the server's certificate.
  untrustedCertificate,

  /// Something sent us to another server, where the token must not go.
  foreignOrigin,

  /// Given up by the user.
  cancelled,

  /// The photo cannot be decoded.
  unreadableImage,

  /// A format that the server does not take.
  unsupportedImage,

  /// More bytes than the server takes.
  uploadTooLarge,

  /// More pixels than the server takes.
  imageTooLarge,

  /// The photo has no bytes.
  emptyImage,

  /// The photo was damaged on its way.
  digestMismatch,

  /// The key of this upload was used for another photo.
  idempotencyKeyReused,

  /// The same upload is still in work.
  idempotencyInProgress,

  /// There is no such thing (any more).
  notFound,

  /// The name or the password is wrong.
  wrongCredentials,

  /// The code from the mail is wrong or too old.
  wrongResetCode,

  /// This server lets nobody register.
  registrationClosed,

  /// This account may not do that.
  forbidden,

  /// A field is not as it must be; the server says how.
  invalidInput,

  /// The photo is not on the phone any more, or damaged there.
  photoGone,

  /// The phone's storage is full.
  noRoomOnPhone,

  /// The model cannot show where it saw something.
  notExplainable,

  /// The server has no model for phones.
  noOnDeviceModel,

  /// A second factor is asked for: a code from an app.
  secondFactorRequired,

  /// The code of the second factor is wrong or was used before.
  wrongSecondFactor,

  /// The code for pairing is wrong, used or too old.
  wrongPairingCode,

  /// The phone's key store takes no secret.
  keyStoreRefused,

  /// Something in the app went wrong that nobody foresaw.
  unexpected,

  /// The server said no in a way that this app does not know.
  unknownRejection;

  /// What the server's [serverCode] of an error answer with [status] means.
  static ErrorCode ofRejection(int status, String serverCode) =>
      _ofServerCode[serverCode] ??
      switch (status) {
        400 || 422 => invalidInput,
        401 => wrongCredentials,
        403 => forbidden,
        404 || 410 => notFound,
        413 => uploadTooLarge,
        415 => unsupportedImage,
        _ => unknownRejection,
      };

  /// The codes of the server that mean something to this app.
  static Iterable<String> get serverCodes => _ofServerCode.keys;
}

const Map<String, ErrorCode> _ofServerCode = {
  'busy': ErrorCode.overloaded,
  'digest_mismatch': ErrorCode.digestMismatch,
  'empty': ErrorCode.emptyImage,
  'idempotency_in_progress': ErrorCode.idempotencyInProgress,
  'idempotency_key_reused': ErrorCode.idempotencyKeyReused,
  'image_too_large': ErrorCode.imageTooLarge,
  'model_not_ready': ErrorCode.modelNotReady,
  'no_on_device_model': ErrorCode.noOnDeviceModel,
  'not_explainable': ErrorCode.notExplainable,
  'not_found': ErrorCode.notFound,
  'quota_exceeded': ErrorCode.quotaExceeded,
  'second_factor_required': ErrorCode.secondFactorRequired,
  'storage_full': ErrorCode.storageFull,
  'throttled': ErrorCode.throttled,
  'unreadable_image': ErrorCode.unreadableImage,
  'unsupported_image': ErrorCode.unsupportedImage,
  'upload_too_large': ErrorCode.uploadTooLarge,
  'wrong_code': ErrorCode.wrongResetCode,
};
