"""What can go wrong, as data: one class for each fact, with its code, its HTTP status and its text, written here alone.

The API, the server, the schema and `docs/errors.md` derive what they say from these classes.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from classifier.locale import gettext_noop


class ClassifierError(Exception):
    """Base of every error this project raises on purpose; `str(error)` says what happened and what to do next.

    An error without a status of its own is the server's fault: it is logged, and the client gets this text alone.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    detail: ClassVar[str] = gettext_noop("The server failed. It is not your fault; try again later.")
    """The text in English; the constructor fills in what stands in braces. Pages translate it: `templatetags.words`."""
    attr: ClassVar[str | None] = None
    """The field of the request that the error is about."""
    retry_after_s: int | None = None

    def __init__(self, detail: str = "", **facts: object) -> None:
        super().__init__(detail or self.detail.format(**facts))
        self.text, self.facts = detail or self.detail, facts


def error_body(*, status: int, code: str, detail: str, attr: str | None = None) -> dict[str, Any]:
    """An error as JSON, in the one shape that everything under /api/ answers."""
    kind = "client_error" if status < 500 else "server_error"
    return {"type": kind, "errors": [{"code": code, "detail": detail, "attr": attr}]}


class BadRequestError(ClassifierError):
    code, status = "bad_request", 400
    detail = gettext_noop("The request cannot be understood. Check its address, headers and body.")


class HttpsRequiredError(ClassifierError):
    """A token that came this way was readable on its way: a redirect would hide that."""

    code, status = "https_required", 403
    detail = gettext_noop(
        "This server takes requests by https alone. Write https:// in its address, and replace a token sent without."
    )


class UnknownParameterError(ClassifierError):
    """A misspelt filter would be no filter: all rows would look like the ones asked for."""

    code, status = "unknown_parameter", 400
    detail = gettext_noop("There is no parameter {name}. There are: {known}.")

    def __init__(self, *, name: str, known: str) -> None:
        super().__init__(name=name, known=known)
        self.attr = name  # type: ignore[misc]


class HeadersTooLargeError(ClassifierError):
    code, status = "headers_too_large", 431
    detail = gettext_noop("The headers of the request are larger than allowed. Send fewer or shorter ones.")


class HttpVersionError(ClassifierError):
    code, status = "http_version_not_supported", 505
    detail = gettext_noop("This server speaks HTTP/1.1. Send the request with that version.")


class NotSignedInError(ClassifierError):
    """A request with a large body and nobody behind it, refused before the body is taken in."""

    code, status = "not_authenticated", 401
    detail = gettext_noop("Sign in first: without an account, this server takes no request of this size.")


class NoLongerSignedInError(NotSignedInError):
    """The same, with credentials that are no longer or never were good."""

    code = "authentication_failed"
    detail = gettext_noop("This token or session is not valid. Sign in again.")


class NoOnDeviceModelError(ClassifierError):
    """The serving model has no form that phones run."""

    code, status = "no_on_device_model", 404
    detail = gettext_noop(
        "The serving model has no form for phones. Ask the operator to install one from a Keras file or by its name."
    )


class MalformedMessageError(ClassifierError):
    """A message in another server's protocol that breaks its rules."""

    code, status = "malformed", 400
    detail = gettext_noop("The message breaks the rules of its protocol. Send what the protocol asks for.")


class ImageError(ClassifierError):
    """An upload that cannot become an image."""

    attr: ClassVar[str | None] = "image"


class EmptyImageError(ImageError):
    code, status = "empty", 400
    detail = gettext_noop("The file is empty. Choose the photo again.")


class UnreadableImageError(ImageError):
    code, status = "unreadable_image", 400
    detail = gettext_noop("The file is damaged or incomplete. Take or choose the photo again.")


class UnsupportedImageError(ImageError):
    code, status = "unsupported_image", 415
    detail = gettext_noop("This format is not accepted. Send JPEG, PNG, WebP, HEIC or AVIF.")


class UploadTooLargeError(ImageError):
    code, status = "upload_too_large", 413
    detail = gettext_noop("The photo has more than the {allowed_bytes:,} bytes allowed. Send a smaller photo.")

    def __init__(self, *, allowed_bytes: int) -> None:
        super().__init__(allowed_bytes=allowed_bytes)


class RequestTooLargeError(UploadTooLargeError):
    """The request as a whole, whatever is in it."""

    detail = gettext_noop(
        "The request has more than the {allowed_bytes:,} bytes allowed. Send less, for example a smaller photo."
    )
    attr = None


class ImageTooLargeError(ImageError):
    """More pixels than allowed, found before any of them is decoded."""

    code, status = "image_too_large", 413
    detail = gettext_noop("The photo has more than the {allowed:,} pixels allowed. Send a smaller photo.")

    def __init__(self, *, allowed: int) -> None:
        super().__init__(allowed=allowed)


class DecodingTooLargeError(ImageTooLargeError):
    """An image whose decoding would take more memory than allowed, found before any of it is decoded."""

    detail = gettext_noop(
        "Decoding the photo takes more than the {allowed:,} bytes of memory allowed. Send a smaller or plainer JPEG."
    )


class PhotoLostError(ClassifierError):
    """The row is there, and the photo's file is not: somebody removed it, or a disk lost it."""

    code, status, attr = "photo_lost", 410, "image"
    detail = gettext_noop("The server lost this photo, so it cannot be classified again. Send it once more.")


class RetakeError(ClassifierError):
    """Raised on demand only: without `strict=1`, a bad photo gets the best answer there is."""

    code, status, attr = "retake", 422, "image"
    detail = gettext_noop(
        "The photo should be taken again: {codes}. Nothing was stored; without strict=1 it is classified as it is."
    )

    def __init__(self, *, codes: Iterable[str]) -> None:
        super().__init__(codes=", ".join(codes))


class DigestMismatchError(ClassifierError):
    """The bytes received are not the bytes the client hashed."""

    code, status, attr = "digest_mismatch", 400, "image"
    detail = gettext_noop("The photo was damaged on its way: its SHA-256 is not that of Content-Digest. Send it again.")


class IdempotencyKeyReusedError(ClassifierError):
    code, status = "idempotency_key_reused", 422
    detail = gettext_noop("This Idempotency-Key was used for another photo. Use a new key for each photo.")


class IdempotencyInProgressError(ClassifierError):
    code, status = "idempotency_in_progress", 409
    detail = gettext_noop("Another request with this Idempotency-Key is in progress. Send this one again in a moment.")


class NotExplainableError(ClassifierError):
    """The network does not end in a global pooling and one linear layer, or runs elsewhere."""

    code, status = "not_explainable", 404
    detail = gettext_noop("This model cannot tell which parts of a photo speak for a label.")


class AnsweredByOtherModelError(NotExplainableError):
    """What speaks for a prediction is known to the model that made it, and only one model is loaded."""

    detail = gettext_noop(
        "Another model made this prediction. Classify the photo again to see what speaks for its labels."
    )


class PhotoNoLongerReadableError(NotExplainableError):
    """A stored photo that is damaged, or that limits forbid which were lowered since."""

    detail = gettext_noop("The stored photo can no longer be read. Send it again to see what speaks for its labels.")


class UnknownLabelError(ClassifierError):
    code, status, attr = "unknown_label", 400, "label"
    detail = gettext_noop(
        "The model has no such label. Ask for one of the labels that labels/ lists, by its wnid or its name."
    )


class FeedbackError(ClassifierError):
    """A correction that cannot be what its sender means."""

    attr: ClassVar[str | None] = "label"


class SameLabelError(FeedbackError):
    code, status = "same_label", 400
    detail = gettext_noop("That is what the answer says. Send the verdict right, or another label.")


class AmbiguousLabelError(FeedbackError):
    code, status = "ambiguous_label", 400
    detail = gettext_noop("Several classes have this name. Say which by its wnid: {wnids}.")

    def __init__(self, *, wnids: str) -> None:
        super().__init__(wnids=wnids)


class UnknownWnidError(FeedbackError):
    code, status, attr = "unknown_wnid", 400, "wnid"
    detail = gettext_noop(
        "The model has no class with this wnid and label. Look it up under labels/, or send a label alone."
    )


class StorageFullError(ClassifierError):
    code, status = "storage_full", 507
    detail = gettext_noop("The server's disk is full, so nothing was stored. Send it again later.")


class AccountError(ClassifierError):
    """What an account may not or cannot do."""


class WrongCredentialsError(AccountError):
    code, status = "authentication_failed", 401
    detail = gettext_noop("Wrong user name or password. Check both and try again.")


class WrongPasswordError(WrongCredentialsError):
    """Not the password of the account that is signed in."""

    detail = gettext_noop("This is not your password. Try again.")
    attr: ClassVar[str] = "current_password"

    def __init__(self, field: str = attr) -> None:
        super().__init__()
        self.attr = field  # type: ignore[misc]


class SecondFactorRequiredError(WrongCredentialsError):
    code, attr = "second_factor_required", "code"
    detail = gettext_noop(
        "This account has a second factor. Send the code that its app shows, or a recovery code, as well."
    )


class WrongSecondFactorError(WrongCredentialsError):
    attr = "code"
    detail = gettext_noop("This code is wrong or was used before. Wait for the next one and try again.")


class AccountGoneError(WrongCredentialsError):
    detail = gettext_noop("This account was deleted while its request was in progress. Sign in with another one.")


class WrongResetCodeError(AccountError):
    code, status, attr = "wrong_code", 400, "code"
    detail = gettext_noop("This code is wrong or has expired. Ask for a new one.")


class WrongPairingCodeError(AccountError):
    code, status, attr = "wrong_code", 400, "code"
    detail = gettext_noop("This code is wrong, was used or has expired. Show a new one on the account page.")


class RegistrationClosedError(AccountError):
    code, status = "permission_denied", 403
    detail = gettext_noop("Registration is closed. Ask the operator for an account.")


class NoMailError(AccountError):
    code, status = "permission_denied", 403
    detail = gettext_noop("This server cannot send email. Ask the operator for a new password.")


class DeletionNeedsPasswordError(AccountError):
    """A browser that is signed in asks the API, which asks for no password."""

    code, status = "permission_denied", 403
    detail = gettext_noop("Delete the account on its page, which asks for your password.")


class QuotaExceededError(AccountError):
    code, status = "quota_exceeded", 403
    detail = gettext_noop(
        "Your account may hold {photos:,} photos and {total_bytes:,} bytes, and this photo does not fit in. "
        "Delete some predictions first."
    )

    def __init__(self, *, photos: int, total_bytes: int) -> None:
        super().__init__(photos=photos, total_bytes=total_bytes)


class ExportInProgressError(AccountError):
    """One for an account at a time: each takes as much of the disk as its photos."""

    code, status = "export_in_progress", 409
    detail = gettext_noop("Another export of this account is being made or downloaded. Wait until that has ended.")


class RetryableError(ClassifierError):
    """A refusal that ends by itself; `retry_after_s` says when to ask again."""

    retry_after_s: int = 5

    def __init__(self, *, retry_after_s: int | None = None) -> None:
        super().__init__()
        if retry_after_s is not None:
            self.retry_after_s = retry_after_s


class ThrottledError(RetryableError):
    code, status = "throttled", 429
    detail = gettext_noop("Too many requests. Wait a while, then try again.")


class BusyError(RetryableError):
    """As many photos in progress and queued as the settings allow."""

    code, status, retry_after_s = "busy", 503, 2
    detail = gettext_noop("The server is busy with other photos. Send this one again in a few seconds.")


class AbandonedError(BusyError):
    detail, retry_after_s = gettext_noop("The client closed the connection, so its photo was not classified."), 1


class DatabaseBusyError(BusyError):
    detail, retry_after_s = gettext_noop("The database is busy. Send the request again in a few seconds."), 5


class PasswordsBusyError(BusyError):
    detail = gettext_noop("Too many passwords are being checked. Try again in a few seconds.")
    retry_after_s = 5


class ExportsBusyError(BusyError):
    detail, retry_after_s = (
        gettext_noop("As many exports are being made as the server has room for. Try again in a minute."),
        60,
    )


class ModelNotReadyError(RetryableError):
    code, status = "model_not_ready", 503
    detail = gettext_noop("No model serves yet. Install one: manage.py install_model resnet50 --activate")


class ModelRestartingError(ModelNotReadyError):
    detail = gettext_noop("The model did not answer and is being restarted. Send the photo again in a few seconds.")


class ModelUnavailableError(ModelNotReadyError):
    """The network runs on another server, which gave no answer that can be used; the log says what it did."""

    detail = gettext_noop("The server that runs the model does not answer. Send the photo again in a few seconds.")


class StorageUnavailableError(RetryableError):
    """The disk is there no more, or read-only, or broken: whatever keeps files from being read or written but room."""

    code, status, retry_after_s = "storage_unavailable", 503, 30
    detail = gettext_noop("The server cannot reach its files at the moment. Send the request again later.")
