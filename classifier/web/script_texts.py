"""What the start page's scripts say: the page brings it along in its language."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from classifier.conf import conf
from classifier.errors import (
    BusyError,
    ClassifierError,
    EmptyImageError,
    IdempotencyInProgressError,
    IdempotencyKeyReusedError,
    ImageTooLargeError,
    ModelNotReadyError,
    QuotaExceededError,
    StorageFullError,
    StorageUnavailableError,
    ThrottledError,
    UnreadableImageError,
    UnsupportedImageError,
    UploadTooLargeError,
)
from classifier.templatetags.words import told

TEXTS = (
    gettext_noop("Classifying…"),
    gettext_noop("Go on"),
    gettext_noop("No connection. Trying again…"),
    gettext_noop("Open this prediction"),
    gettext_noop("Progress of {name}"),
    gettext_noop("Remove"),
    gettext_noop("Sending…"),
    gettext_noop("Stop"),
    gettext_noop("Store it again"),
    gettext_noop("The same photo as {name}."),
    gettext_noop("The server cannot be reached. Check your connection and try again."),
    gettext_noop("The server failed. Try again in a moment."),
    gettext_noop("The server is busy. Trying again…"),
    gettext_noop("This photo is too large. Choose a smaller one."),
    gettext_noop("Try again"),
    gettext_noop("Waiting…"),
    gettext_noop("You are signed out. Reload this page and sign in."),
    gettext_noop("You have this photo already."),
    gettext_noop("{done} of {all}"),
    gettext_noop("{count} failed"),
    gettext_noop("{count} seen before"),
)
NUMBER_OF_EACH_FORM = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""A number for which a language that has this form of the plural uses it; the forms as Intl.PluralRules calls them."""


def texts() -> dict[str, str | Mapping[str, str]]:
    """By their English; those with a number that words depend on are by the form of the plural."""
    return {text: gettext(text) for text in TEXTS} | {
        "{count} files in the folder left out: no photos.": {
            form: ngettext(
                "{count} file in the folder left out: no photo.",
                "{count} files in the folder left out: no photos.",
                number,
            )
            for form, number in NUMBER_OF_EACH_FORM.items()
        }
    }


def reasons() -> dict[str, str]:
    """Why a photo was refused, by the code of the error; none in English, in which the API says it more exactly."""
    if get_language() == "en":
        return {}
    errors: tuple[ClassifierError, ...] = (
        BusyError(),
        EmptyImageError(),
        IdempotencyInProgressError(),
        IdempotencyKeyReusedError(),
        ImageTooLargeError(allowed=conf.max_image_pixels),
        ModelNotReadyError(),
        QuotaExceededError(photos=conf.max_photos_per_user, total_bytes=conf.max_bytes_per_user),
        StorageFullError(),
        StorageUnavailableError(),
        ThrottledError(),
        UnreadableImageError(),
        UnsupportedImageError(),
        UploadTooLargeError(allowed_bytes=conf.max_upload_bytes),
    )
    return {error.code: told(error) for error in errors}
