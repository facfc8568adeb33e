"""Start-up checks: settings that cannot work are named before anything is served."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import register as register_check

from classifier.conf import conf

POSITIVE = (
    "top_k",
    "max_upload_bytes",
    "max_image_pixels",
    "max_concurrent_photos",
    "model_poll_s",
    "weights_timeout_s",
    "idempotency_lease_s",
    "token_ttl_days",
    "uploads_per_minute",
    "login_failures_per_5_minutes",
    "registrations_per_hour",
    "history_page_size",
)
NOT_NEGATIVE = ("max_waiting_photos", "queue_timeout_s")
CHOICES = {"engine": ("openvino", "keras"), "precision": ("f32", "bf16")}


def register() -> None:
    register_check(check_numbers, "classifier")
    register_check(check_choices, "classifier")


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
