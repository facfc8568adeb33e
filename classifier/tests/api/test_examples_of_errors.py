"""The errors of the API's documentation are what each operation really answers; `make record` writes them anew."""

import hashlib
import re
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.core.files.base import ContentFile
from django.test import override_settings
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from classifier.accounts import export_files, hashing, password_reset, second_factor
from classifier.api.examples import ERRORS_FILE
from classifier.inference import instance
from classifier.inference.types import Label
from classifier.models import IdempotencyKey, ModelVersion
from classifier.storage.removal import remove_files
from classifier.tests.examples import encoded, jpeg, picture, upload
from classifier.tests.explained import explained
from classifier.tests.recorded import check_recorded
from classifier.tests.rows import make_prediction
from classifier.tests.second_factors import set_up
from classifier_project import settings as project

Way = Callable[[], Any]
PHOTO = (Path(__file__).resolve().parents[3] / "docs/images/orange.jpg").read_bytes()
KEY = {"Idempotency-Key": "holiday-1"}
EVE = {"username": "eve", "password": "correct horse battery"}
RESET = {"email": "ada@example.org", "code": "7KQMX3WPA2", "new_password": "correct horse battery"}
CHANGE = {"current_password": "correct horse battery", "new_password": "staple battery horse"}
PAIR = {"code": "7KQM-X3WP-A2BC", "device_name": "Ada's phone"}
EMAIL = {"email": "ada@example.org", "password": "correct horse battery"}
ELSEWHERE = "0b6e6a1e-54a4-4d5f-9f3c-0e4f3d6f2a11"
PHOTO_OPERATIONS = {"predictions_create", "predict_create"}
NO_ROOM: dict[str, Any] = {"CLASSIFIER_MAX_CONCURRENT_PHOTOS": 0, "CLASSIFIER_MAX_WAITING_PHOTOS": 0}


class Operation:
    """One call of the API, and all that may be wrong with one."""

    def __init__(self, path: str, method: str, described: dict[str, Any]) -> None:
        self.id = described["operationId"]
        self._path, self._method = re.sub(r"\{\w+\}", ELSEWHERE, path), method
        self._body = described.get("requestBody")
        self._is_multipart = self._body is not None and list(self._body["content"]) == ["multipart/form-data"]
        self.listed = {
            (status, example["value"]["errors"][0]["code"])
            for status, response in described["responses"].items()
            if status >= "400"
            for example in response.get("content", {}).get("application/json", {}).get("examples", {}).values()
        }
        self.codes = {
            (status, code)
            for status, response in described["responses"].items()
            for code in response.get("x-error-codes", [])
        }
        self.headers = {status: set(response["headers"]) for status, response in described["responses"].items()}

    def call(self, client: APIClient, data: Any = None, query: str = "", **options: Any) -> Any:
        if "content_type" not in options:
            options["format"] = "multipart" if self._is_multipart else "json"
        return getattr(client, self._method)(self._path + query, data, **options)

    def ways_to_fail(self, client: APIClient) -> dict[str, Way]:
        """What can be wrong with every call of this kind."""
        stranger, impostor = APIClient(raise_request_exception=False), APIClient(raise_request_exception=False)
        impostor.credentials(HTTP_AUTHORIZATION="Token 5b1c0f7e")
        ways: dict[str, Way] = {
            "not_authenticated": lambda: self.call(stranger),
            "authentication_failed": lambda: self.call(impostor),
            "not_found": lambda: self.call(client, query="" if ELSEWHERE in self._path else "?cursor=nonsense"),
        }
        if self._body:
            kind = "multipart/form-data" if self._is_multipart else "application/json"
            ways["required"] = lambda: self.call(client, {})
            ways["parse_error"] = lambda: self.call(client, "{", content_type=kind)
            ways["unsupported_media_type"] = lambda: self.call(client, "ada", content_type="text/plain")
        return ways


class Clumsy:
    """Somebody who does everything wrong once."""

    def __init__(self, client: APIClient, user: User, operations: list[Operation]) -> None:
        self.client, self.user = client, user
        self.operations = {operation.id: operation for operation in operations}

    def with_second_factor(self) -> Any:
        """Signs in by password alone where that is not enough."""
        set_up(self.user)
        response = self.send("auth_login_create", {"username": "ada", "password": "correct horse battery"})
        second_factor.remove(self.user)
        return response

    def send(self, operation: str, data: object = None, query: str = "", **limits: Any) -> Any:
        """Makes a call while the limits are these."""
        with override_settings(**limits):
            return self.operations[operation].call(self.client, data, query)

    def send_twice(self, operation: str, data: object, **limits: Any) -> Any:
        self.send(operation, data, **limits)
        return self.send(operation, data, **limits)

    def send_photo(
        self, operation: str, photo: bytes = PHOTO, headers: dict[str, str] | None = None, **limits: Any
    ) -> Any:
        with override_settings(**limits):
            return self.operations[operation].call(self.client, {"image": upload(photo)}, headers=headers or {})

    def reuse(self, sha256: str) -> Any:
        IdempotencyKey.objects.update_or_create(owner=self.user, key="holiday-1", defaults={"sha256": sha256})
        return self.send_photo("predictions_create", headers=KEY)

    def send_password(self, operation: str, data: object) -> Any:
        """While nobody more may wait for a password to be hashed."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(hashing, "pool", hashing.HashingPool(max_queued=0))
            return self.send(operation, data, PASSWORD_HASHERS=project.PASSWORD_HASHERS)

    def confirm_code(self, operation: str) -> Any:
        User.objects.filter(pk=self.user.pk).update(email=RESET["email"])
        password_reset.send_codes(RESET["email"], page="http://testserver/password/new/")
        code = next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("    ")).strip()
        return self.send_password(operation, {**RESET, "code": code})

    def send_to_a_full_disk(self, operation: str) -> Any:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(tempfile, "TemporaryFile", partial(Path("/dev/full").open, "w+b"))
            return self.send_photo(operation, FILE_UPLOAD_MAX_MEMORY_SIZE=10)

    def send_to_a_broken_disk(self, operation: str) -> Any:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(tempfile, "TemporaryFile", partial(Path("/no/such/disk").open, "w+b"))
            return self.send_photo(operation, FILE_UPLOAD_MAX_MEMORY_SIZE=10)

    def ask_for_a_file_of_a_disk_that_is_not_mounted(self, operation: str) -> Any:
        version = ModelVersion.objects.get()
        row = make_prediction(
            self.user, version, "orange", id=ELSEWHERE, image="photos/o.jpg", thumbnail="thumbnails/o.jpg"
        )
        folder = Path(settings.MEDIA_ROOT)
        elsewhere = folder.rename(folder.with_name("elsewhere")) if folder.exists() else None
        answer = self.send(operation)
        if elsewhere:
            elsewhere.rename(folder)
        row.delete()
        return answer

    def classify_again_without_a_disk(self) -> Any:
        folder = Path(settings.MEDIA_ROOT)
        elsewhere = folder.rename(folder.with_name("elsewhere"))
        answer = self.classify_again(None)
        elsewhere.rename(folder)
        return answer

    def classify_again(self, photo: bytes | None = PHOTO, **limits: Any) -> Any:
        """A photo that is stored as these bytes, or was lost, and that no model that serves has seen."""
        other = ModelVersion.objects.create(name="other", version="0", manifest={}, path="other")
        row = make_prediction(
            self.user, other, "orange", id=ELSEWHERE, image="photos/o.jpg", thumbnail="thumbnails/o.jpg"
        )
        if photo is not None:
            row.image.storage.save("photos/o.jpg", ContentFile(photo))
        answer = self.send("predictions_classify_create", **limits)
        if photo is not None:
            remove_files(row.file_names)
        row.delete()
        other.delete()
        return answer

    def ask_why(self, query: str = "", **limits: Any) -> Any:
        """What speaks for a label, of a photo whose model could tell."""
        with explained(self.user, id=UUID(ELSEWHERE)):
            return self.send("predictions_why_retrieve", query=query, **limits)

    def ask_why_of_a_disk_that_is_not_mounted(self) -> Any:
        with explained(self.user, id=UUID(ELSEWHERE)):
            folder = Path(settings.MEDIA_ROOT)
            elsewhere = folder.rename(folder.with_name("elsewhere"))
            answer = self.send("predictions_why_retrieve")
            elsewhere.rename(folder)
            return answer

    def ask_why_without_a_model(self) -> Any:
        with explained(self.user, id=UUID(ELSEWHERE)):
            instance.reset()
            return self.send("predictions_why_retrieve")

    def export_beside(self, *accounts: int) -> Any:
        """While exports of these accounts are being made."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(export_files, "places", export_files.Places())
            for account in accounts:
                export_files.places.take(account, 1)
            return self.send("me_export_retrieve")

    def delete_account_in_a_browser(self) -> Any:
        browser = APIClient(raise_request_exception=False)
        browser.force_login(self.user)
        return self.operations["me_destroy"].call(browser)

    def correct(self, **correction: str) -> Any:
        """Says so of a green photo."""
        row = make_prediction(self.user, ModelVersion.objects.get(), "green", id=ELSEWHERE)
        answer = self.send("predictions_feedback_update", {"verdict": "wrong", **correction})
        row.delete()
        return answer

    def correct_to_an_ambiguous_label(self) -> Any:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(instance.get(), "labels", [Label("n02012849", "crane"), Label("n03126707", "crane")])
            return self.correct(label="crane")

    def call_without_a_model(self, operation: str) -> Any:
        instance.reset()
        if operation == "predictions_classify_create":
            return self.classify_again()
        if operation == "predictions_feedback_update":
            return self.correct(label="red")
        return self.send_photo(operation) if operation in PHOTO_OPERATIONS else self.send(operation)


def ways_of_photos(one: Clumsy, operation: str) -> dict[str, Way]:
    return {
        "invalid": lambda: one.send(operation, {"image": "a path"}),
        "empty": lambda: one.send_photo(operation, b""),
        "unreadable_image": lambda: one.send_photo(operation, PHOTO[:5000]),
        "upload_too_large": lambda: one.send_photo(operation, CLASSIFIER_MAX_UPLOAD_BYTES=20_000),
        "image_too_large": lambda: one.send_photo(operation, CLASSIFIER_MAX_IMAGE_PIXELS=100_000),
        "unsupported_image": lambda: one.send_photo(operation, encoded(picture(), "GIF")),
        "throttled": lambda: one.send_photo(operation, CLASSIFIER_UPLOADS_PER_MINUTE=0),
        "busy": lambda: one.send_photo(operation, **NO_ROOM),
        "storage_full": lambda: one.send_to_a_full_disk(operation),
        "storage_unavailable": lambda: one.send_to_a_broken_disk(operation),
        "model_not_ready": lambda: one.call_without_a_model(operation),
    }


def ways_of_classifying_again(one: Clumsy) -> dict[str, Way]:
    return {
        "photo_lost": lambda: one.classify_again(None),
        "empty": lambda: one.classify_again(b""),
        "unreadable_image": lambda: one.classify_again(PHOTO[:5000]),
        "upload_too_large": lambda: one.classify_again(CLASSIFIER_MAX_UPLOAD_BYTES=20_000),
        "image_too_large": lambda: one.classify_again(CLASSIFIER_MAX_IMAGE_PIXELS=100_000),
        "unsupported_image": lambda: one.classify_again(encoded(picture(), "GIF")),
        "throttled": lambda: one.classify_again(CLASSIFIER_UPLOADS_PER_MINUTE=0),
        "busy": lambda: one.classify_again(**NO_ROOM),
        "storage_unavailable": one.classify_again_without_a_disk,
        "model_not_ready": lambda: one.call_without_a_model("predictions_classify_create"),
    }


def ways_of_each(one: Clumsy) -> dict[str, dict[str, Way]]:
    """What can be wrong with one operation alone."""
    login, register = "auth_login_create", "auth_register_create"
    change, reset, confirm = (f"auth_password_{name}_create" for name in ("change", "reset", "reset_confirm"))
    return {
        login: {
            "invalid": lambda: one.send(login, {**EVE, "username": ["eve"]}),
            "authentication_failed": lambda: one.send(login, {"username": "ada", "password": "wrong"}),
            "second_factor_required": one.with_second_factor,
            "throttled": lambda: one.send(login, EVE, CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES=0),
            "busy": lambda: one.send_password(login, EVE),
        },
        register: {
            "invalid": lambda: one.send(register, {**EVE, "email": "eve"}),
            "permission_denied": lambda: one.send(register, EVE, CLASSIFIER_REGISTRATION_OPEN=False),
            "throttled": lambda: one.send_twice(register, EVE, CLASSIFIER_REGISTRATIONS_PER_HOUR=1),
            "busy": lambda: one.send_password(register, {**EVE, "username": "grace"}),
        },
        change: {
            "invalid": lambda: one.send(change, {**CHANGE, "new_password": ["staple"]}),
            "authentication_failed": lambda: one.send(change, {**CHANGE, "current_password": "wrong"}),
            "throttled": lambda: one.send(change, CHANGE, CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES=0),
            "busy": lambda: one.send_password(change, CHANGE),
        },
        reset: {
            "invalid": lambda: one.send(reset, {"email": "eve"}),
            "permission_denied": lambda: one.send(reset, RESET, MAIL_IS_SENT=False),
            "throttled": lambda: one.send_twice(reset, RESET, CLASSIFIER_PASSWORD_RESETS_PER_HOUR=1),
        },
        confirm: {
            "invalid": lambda: one.send(confirm, {**RESET, "email": "eve"}),
            "wrong_code": lambda: one.send(confirm, RESET),
            "busy": lambda: one.confirm_code(confirm),
            "throttled": lambda: [one.send(confirm, RESET) for _ in range(password_reset.TRIES + 1)][-1],
        },
        "auth_pair_create": {
            "invalid": lambda: one.send("auth_pair_create", {**PAIR, "code": ["7KQM"]}),
            "wrong_code": lambda: one.send("auth_pair_create", PAIR),
            "throttled": lambda: one.send("auth_pair_create", PAIR, CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES=0),
        },
        "me_export_retrieve": {
            "export_in_progress": lambda: one.export_beside(one.user.pk),
            "busy": lambda: one.export_beside(*range(-export_files.MOST_MADE, 0)),
            "storage_full": lambda: one.send("me_export_retrieve", CLASSIFIER_MIN_FREE_BYTES=2**60),
            "storage_unavailable": partial(one.ask_for_a_file_of_a_disk_that_is_not_mounted, "me_export_retrieve"),
        },
        "me_partial_update": {
            "invalid": lambda: one.send("me_partial_update", {**EMAIL, "email": "ada"}),
            "authentication_failed": lambda: one.send("me_partial_update", {**EMAIL, "password": "wrong"}),
            "throttled": lambda: one.send("me_partial_update", EMAIL, CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES=0),
            "busy": lambda: one.send_password("me_partial_update", EMAIL),
        },
        "me_destroy": {"permission_denied": one.delete_account_in_a_browser},
        "predictions_delete_create": {"invalid": lambda: one.send("predictions_delete_create", {"ids": ["red"]})},
        "predictions_classify_create": ways_of_classifying_again(one),
        "predictions_list": {
            "invalid": lambda: one.send("predictions_list", query="?min_probability=much"),
            "unknown_parameter": lambda: one.send("predictions_list", query="?names=lemon"),
        },
        "models_retrieve": {"unknown_parameter": lambda: one.send("models_retrieve", query="?page=2")},
        "models_active_on_device_retrieve": {
            "model_not_ready": lambda: one.call_without_a_model("models_active_on_device_retrieve"),
            "no_on_device_model": lambda: one.send("models_active_on_device_retrieve"),
            "unknown_parameter": lambda: one.send("models_active_on_device_retrieve", query="?size=small"),
        },
        "models_on_device_file": {
            "no_on_device_model": lambda: one.client.get(
                f"/api/v1/models/{ModelVersion.objects.get().version}/on-device/file/"
            ),
            "unknown_parameter": lambda: one.send("models_on_device_file", query="?size=small"),
        },
        "labels_retrieve": {
            "model_not_ready": lambda: one.call_without_a_model("labels_retrieve"),
            "unknown_parameter": lambda: one.send("labels_retrieve", query="?text=lemon"),
        },
        **{
            operation: {"storage_unavailable": partial(one.ask_for_a_file_of_a_disk_that_is_not_mounted, operation)}
            for operation in ("predictions_image_retrieve", "predictions_thumbnail_retrieve")
        },
        "predictions_why_retrieve": {
            "not_explainable": lambda: one.ask_why(CLASSIFIER_MAX_IMAGE_PIXELS=1),
            "unknown_label": lambda: one.ask_why("?label=lemon"),
            "unknown_parameter": lambda: one.ask_why("?name=lemon"),
            "throttled": lambda: one.ask_why(CLASSIFIER_UPLOADS_PER_MINUTE=0),
            "busy": lambda: one.ask_why(**NO_ROOM),
            "storage_unavailable": one.ask_why_of_a_disk_that_is_not_mounted,
            "model_not_ready": one.ask_why_without_a_model,
        },
        "predictions_feedback_update": {
            "invalid": lambda: one.correct(verdict="right", label="red"),
            "not_found": lambda: one.send("predictions_feedback_update", {"verdict": "right"}),
            "same_label": lambda: one.correct(label="green"),
            "ambiguous_label": one.correct_to_an_ambiguous_label,
            "unknown_wnid": lambda: one.correct(wnid="n00000000"),
            "model_not_ready": lambda: one.call_without_a_model("predictions_feedback_update"),
        },
        "predict_create": ways_of_photos(one, "predict_create"),
        "predictions_create": {
            **ways_of_photos(one, "predictions_create"),
            "digest_mismatch": lambda: one.send_photo(
                "predictions_create", headers={"Content-Digest": "sha-256=:AAAA:"}
            ),
            "retake": lambda: one.send("predictions_create", {"image": upload(jpeg("black"))}, query="?strict=1"),
            "quota_exceeded": lambda: one.send_photo("predictions_create", CLASSIFIER_MAX_PHOTOS_PER_USER=0),
            "idempotency_in_progress": lambda: one.reuse(hashlib.sha256(PHOTO).hexdigest()),
            "idempotency_key_reused": lambda: one.reuse("0" * 64),
        },
    }


def operations() -> list[Operation]:
    """All operations of the schema, that of a photo first: what others answer as it does is recorded once."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    found = [Operation(path, method, described) for path in paths for method, described in paths[path].items()]
    return sorted(found, key=lambda operation: operation.id != "predictions_create")


@pytest.fixture(scope="module")
def answered() -> dict[tuple[str, str], Any]:
    """What the first test that asks for `failures` leaves to the others."""
    return {}


@pytest.fixture
def failures(
    api_client: APIClient,
    user: User,
    serving: ModelVersion,
    monkeypatch: pytest.MonkeyPatch,
    answered: dict[tuple[str, str], Any],
) -> dict[tuple[str, str], Any]:
    """What was answered by each operation to each way to fail, by the code that it should be."""
    if answered:
        return answered
    monkeypatch.setattr(password_reset, "later", lambda job: job())
    known = operations()
    of_each = ways_of_each(Clumsy(api_client, user, known))
    ways: dict[tuple[str, str], Way] = {}
    for operation in known:
        listed = {code for _, code in operation.listed}
        of_all = {code: way for code, way in operation.ways_to_fail(api_client).items() if code in listed}
        for code, way in {**of_all, **of_each.get(operation.id, {})}.items():
            ways[operation.id, code] = way
    in_order = sorted(ways, key=lambda way: way[1] == "model_not_ready")  # nothing else works after it
    answers = {way: ways[way]() for way in in_order}
    answered |= {way: answers[way] for way in ways}
    return answered


def test_an_operation_answers_the_errors_that_it_lists_and_no_other(failures: dict[tuple[str, str], Any]) -> None:
    listed = {(operation.id, *failure) for operation in operations() for failure in operation.listed}

    answered = {
        (name, str(answer.status_code), answer.json()["errors"][0]["code"]) for (name, _), answer in failures.items()
    }
    assert sorted(answered) == sorted(listed)


def test_the_codes_for_programs_are_those_shown(db: None) -> None:
    assert [operation.id for operation in operations() if operation.codes != operation.listed] == []


def test_an_error_has_the_headers_that_the_schema_lists(failures: dict[tuple[str, str], Any]) -> None:
    headers = {operation.id: operation.headers for operation in operations()}

    without = {
        way: missing
        for way, answer in failures.items()
        if (missing := headers[way[0]][str(answer.status_code)] - set(answer.headers))
    }
    waits = {way for way, answer in failures.items() if "Retry-After" in answer.headers}
    told = {
        (name, code) for name, code in failures if "Retry-After" in headers[name][str(failures[name, code].status_code)]
    }
    assert without == {}
    assert waits == told


def test_the_errors_shown_are_those_answered(failures: dict[tuple[str, str], Any]) -> None:
    bodies = {way: answer.json() for way, answer in failures.items()}

    shown = {way: {"type": body["type"], **body["errors"][0]} for way, body in bodies.items()}
    usual = {code: most_common([error for (_, other), error in shown.items() if other == code]) for _, code in shown}
    special = {f"{name}:{code}": error for (name, code), error in shown.items() if error != usual[code]}
    check_recorded(ERRORS_FILE, {**usual, **special})


def most_common(errors: list[dict[str, Any]]) -> dict[str, Any]:
    return max(errors, key=errors.count)
