"""The errors of the API's documentation are what the API really says; `make record` writes them anew."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from classifier.api.examples import ERRORS_FILE
from classifier.api.schema import CODES
from classifier.inference import instance
from classifier.models import IdempotencyKey, ModelVersion
from classifier.tests.examples import encoded, picture, upload
from classifier.tests.recorded import check_recorded

PHOTO = (Path(__file__).resolve().parents[3] / "docs/images/orange.jpg").read_bytes()
LOGIN, REGISTER, PREDICTIONS = "/api/v1/auth/login/", "/api/v1/auth/register/", "/api/v1/predictions/"
EVE = {"username": "eve", "password": "correct horse battery"}
ELSEWHERE = f"{PREDICTIONS}0b6e6a1e-54a4-4d5f-9f3c-0e4f3d6f2a11/"


class Clumsy:
    """Somebody who does everything wrong once."""

    def __init__(self, client: APIClient, stranger: APIClient, user: User, settings: Any) -> None:
        self.client, self.stranger, self.user, self.settings = client, stranger, user, settings

    def send(self, data: bytes = PHOTO, headers: dict[str, str] | None = None, **limits: object) -> Any:
        """Sends a photo while the limits are these."""
        before = {name: getattr(self.settings, name) for name in limits}
        for name, value in limits.items():
            setattr(self.settings, name, value)
        answer = self.client.post(PREDICTIONS, {"image": upload(data)}, format="multipart", headers=headers or {})
        for name, value in before.items():
            setattr(self.settings, name, value)
        return answer

    def reuse(self, sha256: str) -> Any:
        IdempotencyKey.objects.update_or_create(owner=self.user, key="holiday-1", defaults={"sha256": sha256})
        return self.send(headers={"Idempotency-Key": "holiday-1"})

    def register_where_closed(self) -> Any:
        self.settings.CLASSIFIER_REGISTRATION_OPEN = False
        return self.stranger.post(REGISTER, EVE)

    def confirm(self) -> Any:
        body = {"email": "ada@example.org", "code": "7KQMX3WP", "new_password": "correct horse battery"}
        return self.stranger.post("/api/v1/auth/password/reset/confirm/", body)

    def ask_without_a_model(self) -> Any:
        instance.reset()
        return self.send()


def ways_to_fail(one: Clumsy) -> dict[str, Callable[[], Any]]:
    return {
        "required": lambda: one.client.post(PREDICTIONS, {}, format="multipart"),
        "empty": lambda: one.send(b""),
        "invalid": lambda: one.client.post(PREDICTIONS, {"image": "a path"}, format="multipart"),
        "account:required": lambda: one.stranger.post(LOGIN, {"password": "correct horse battery"}),
        "account:invalid": lambda: one.stranger.post(REGISTER, {**EVE, "email": "eve"}),
        "unreadable_image": lambda: one.send(PHOTO[:5000]),
        "digest_mismatch": lambda: one.send(headers={"Content-Digest": "sha-256=:AAAA:"}),
        "parse_error": lambda: one.stranger.post(LOGIN, "{", content_type="application/json"),
        "wrong_code": one.confirm,
        "not_authenticated": lambda: one.stranger.get(PREDICTIONS),
        "authentication_failed": lambda: one.stranger.post(LOGIN, {"username": "ada", "password": "wrong"}),
        "permission_denied": one.register_where_closed,
        "quota_exceeded": lambda: one.send(CLASSIFIER_MAX_PHOTOS_PER_USER=0),
        "not_found": lambda: one.client.get(ELSEWHERE),
        "idempotency_in_progress": lambda: one.reuse(hashlib.sha256(PHOTO).hexdigest()),
        "idempotency_key_reused": lambda: one.reuse("0" * 64),
        "upload_too_large": lambda: one.send(CLASSIFIER_MAX_UPLOAD_BYTES=20_000),
        "image_too_large": lambda: one.send(CLASSIFIER_MAX_IMAGE_PIXELS=100_000),
        "unsupported_image": lambda: one.send(encoded(picture(), "GIF")),
        "unsupported_media_type": lambda: one.stranger.post(LOGIN, "ada", content_type="text/plain"),
        "throttled": lambda: one.send(CLASSIFIER_UPLOADS_PER_MINUTE=0),
        "busy": lambda: one.send(CLASSIFIER_MAX_CONCURRENT_PHOTOS=0, CLASSIFIER_MAX_WAITING_PHOTOS=0),
        "storage_full": lambda: one.send(CLASSIFIER_MIN_FREE_BYTES=10**18),
        "model_not_ready": one.ask_without_a_model,
    }


@pytest.fixture
def failures(
    api_client: APIClient, anonymous: APIClient, user: User, serving: ModelVersion, settings: Any
) -> dict[str, Any]:
    """What each way to fail was answered, by the code that it should be; some are told otherwise about accounts."""
    ways = ways_to_fail(Clumsy(api_client, anonymous, user, settings))
    return {name: fail() for name, fail in ways.items()}


def test_the_errors_shown_are_those_answered(failures: dict[str, Any]) -> None:
    told = {name: answer.json() for name, answer in failures.items()}

    errors = {name: body["errors"][0] for name, body in told.items()}
    assert [name for name, error in errors.items() if error["code"] != _code(name)] == []
    shown = {name: {"type": told[name]["type"], **error} for name, error in errors.items()}
    check_recorded(ERRORS_FILE, shown)


def test_each_error_of_the_schema_is_answered_with_its_status(failures: dict[str, Any]) -> None:
    assert {(answer.status_code, _code(name)) for name, answer in failures.items()} == {
        (status, code) for status, codes in CODES.items() for code in codes
    }


def _code(name: str) -> str:
    return name.removeprefix("account:")
