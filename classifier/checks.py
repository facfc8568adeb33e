"""Start-up checks: settings that cannot work are named before anything is served."""

from importlib.util import find_spec
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as CheckWarning
from django.core.checks import register as register_check

from classifier.conf import conf

POSITIVE = (
    "top_k",
    "max_upload_bytes",
    "max_image_pixels",
    "max_concurrent_photos",
    "inference_timeout_s",
    "token_ttl_days",
    "uploads_per_minute",
    "login_failures_per_5_minutes",
    "registrations_per_hour",
    "password_resets_per_hour",
    "max_photos_per_user",
    "max_bytes_per_user",
    "history_page_size",
)
NOT_NEGATIVE = ("max_waiting_photos", "min_free_bytes", "queue_timeout_s")
CHOICES = {"engine": ("openvino", "keras"), "precision": ("f32", "bf16")}


def register() -> None:
    register_check(check_numbers, "classifier")
    register_check(check_choices, "classifier")
    register_check(check_combinations, "classifier")


def check_numbers(**_: Any) -> list[CheckMessage]:
    wrong = [name for name in POSITIVE if not getattr(conf, name) > 0]
    wrong += [name for name in NOT_NEGATIVE if getattr(conf, name) < 0]
    return [
        Error(
            f"CLASSIFIER_{name.upper()} is {getattr(conf, name)}.",
            hint="Give a number above zero; .env.example has the default.",
            id="classifier.E001",
        )
        for name in wrong
    ]


def check_choices(**_: Any) -> list[CheckMessage]:
    return [
        Error(
            f"CLASSIFIER_{name.upper()} is {getattr(conf, name)!r}.",
            hint=f"Choose one of {', '.join(choices)}.",
            id="classifier.E002",
        )
        for name, choices in CHOICES.items()
        if getattr(conf, name) not in choices
    ]


def check_combinations(**_: Any) -> list[CheckMessage]:
    """Settings that are fine one by one and not together."""
    found: list[CheckMessage] = []
    if conf.engine == "keras" and find_spec("tensorflow") is None:
        found.append(
            Error(
                "CLASSIFIER_ENGINE is 'keras', but TensorFlow is not installed.",
                hint="Choose openvino, or pip install tensorflow.",
                id="classifier.E003",
            )
        )
    if conf.engine == "keras" and conf.precision == "bf16":
        found.append(
            CheckWarning(
                "CLASSIFIER_PRECISION is 'bf16', which the keras engine does not know; it computes in f32.",
                hint="Set CLASSIFIER_PRECISION=f32, or CLASSIFIER_ENGINE=openvino.",
                id="classifier.W001",
            )
        )
    return found
