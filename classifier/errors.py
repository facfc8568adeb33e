"""What can go wrong, as data: one class for each fact, named once, translated to HTTP in `api/errors.py`."""

from typing import ClassVar


class ClassifierError(Exception):
    """Base of every error this project raises on purpose; `str(error)` tells a person what to do next."""

    code: ClassVar[str] = "error"


class ImageError(ClassifierError):
    """An upload that cannot become a picture."""


class EmptyImageError(ImageError):
    code = "empty"


class UnreadableImageError(ImageError):
    code = "unreadable_image"


class UnsupportedImageError(ImageError):
    code = "unsupported_image"


class ImageTooLargeError(ImageError):
    """More pixels than allowed, found before any of them is decoded."""

    code = "image_too_large"


class UploadTooLargeError(ImageError):
    """More bytes than allowed."""

    code = "upload_too_large"


class DigestMismatchError(ImageError):
    """The bytes received are not the bytes the client hashed."""

    code = "digest_mismatch"


class IdempotencyKeyReusedError(ClassifierError):
    code = "idempotency_key_reused"


class IdempotencyInProgressError(ClassifierError):
    code = "idempotency_in_progress"


class AccountError(ClassifierError):
    """Something about an account; `attr` names the field it is about."""

    def __init__(self, message: str, *, attr: str | None = None) -> None:
        super().__init__(message)
        self.attr = attr


class WrongCredentialsError(AccountError):
    code = "authentication_failed"


class WrongPasswordError(WrongCredentialsError):
    """Not the password of the account that is signed in."""

    def __init__(self) -> None:
        super().__init__("This is not your password. Try again.", attr="current_password")


class RegistrationClosedError(AccountError):
    code = "permission_denied"

    def __init__(self) -> None:
        super().__init__("Registration is closed. Ask the operator for an account.")


class NoMailError(AccountError):
    code = "permission_denied"

    def __init__(self) -> None:
        super().__init__("This server sends no mail. Ask the operator for a new password.")


class WrongResetCodeError(AccountError):
    code = "wrong_code"


class AccountGoneError(AccountError):
    """The account was deleted while its request was in work."""

    code = "authentication_failed"


class QuotaExceededError(AccountError):
    """The account holds as many photos, or bytes of them, as the settings allow."""

    code = "quota_exceeded"


class StorageFullError(ClassifierError):
    code = "storage_full"


class RetryableError(ClassifierError):
    """A refusal that ends by itself; `retry_after_s` says when to ask again."""

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ThrottledError(RetryableError):
    """Asked for more often than the settings allow."""

    code = "throttled"


class BusyError(RetryableError):
    """As many photos in work and waiting as the settings allow."""

    code = "busy"


class AbandonedError(RetryableError):
    """Nobody waits for the answer any more."""

    code = "busy"

    def __init__(self, message: str) -> None:
        super().__init__(message, retry_after_s=1)


class ModelNotReadyError(RetryableError):
    code = "model_not_ready"


class ModelError(ClassifierError):
    """A model that cannot be installed, loaded or found."""


class UnknownModelError(ModelError):
    code = "unknown_model"


class WeightsUnavailableError(ModelError):
    """Pre-trained weights that could not be fetched; the message names the address and the ways out."""

    code = "weights_unavailable"


class WeightsMismatchError(ModelError):
    """Weights whose hash or shapes are not the expected ones."""

    code = "weights_mismatch"


class UnreadableWeightsError(ModelError):
    """A file of weights that is cut off, damaged or in another format."""

    code = "unreadable_weights"


class UnsupportedModelError(ModelError):
    """A model file this project will not or cannot serve."""

    code = "unsupported_model"


class LabelsError(ModelError):
    """Labels that do not fit the network's outputs."""

    code = "labels_mismatch"


class ParityError(ModelError):
    """The exported network does not answer as the original does."""

    code = "parity"


class BrokenModelFolderError(ModelError):
    """A model folder that is incomplete, altered or not understood."""

    code = "broken_model_folder"


class MalformedMessageError(ClassifierError):
    """A message in another server's protocol that breaks its rules."""

    code = "malformed"


class BackupError(ClassifierError):
    """A backup that cannot be written or restored."""

    code = "backup"


class DataSetError(ClassifierError):
    """Training data that cannot be trained on."""

    code = "data_set"
