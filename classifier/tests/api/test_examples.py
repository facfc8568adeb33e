"""The examples of the API's documentation are what the API really answers; `make record` writes them anew."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from classifier.accounts import password_reset
from classifier.api import examples
from classifier.models import ModelVersion
from classifier.tests.examples import add_on_device
from classifier.tests.explained import places_serving
from classifier.tests.recorded import check_recorded

ORANGE = Path(__file__).resolve().parents[3] / "docs/images/orange.jpg"
PASSWORD, NEW_PASSWORD = "correct horse battery", "staple battery horse"
FIXED = {
    "at": "2026-01-31T12:00:00.000000Z",
    "created_at": "2026-01-31T12:00:00.000000Z",
    "last_used_at": "2026-01-31T12:00:00.000000Z",
    "date_joined": "2026-01-31T12:00:00.000000Z",
    "expires_at": "2026-05-01T12:00:00.000000Z",
    "token": "5b1c0f7e" * 8,
    "code": "7KQMX3WPA2",
    "version": "3f9c0a1b2c4d",
    "timings_ms": {"decode": 4.1, "preprocess": 1.2, "inference": 16.0, "store": 6.2},
}
"""What differs each time, by its name."""
ID = "0b6e6a1e-54a4-4d5f-9f3c-0e4f3d6f2a11"
PAIRING_CODE = "7KQM-X3WP-A2BC"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def fixed(value: Any) -> Any:
    """The same with nothing in it that differs each time."""
    if isinstance(value, dict):
        return {key: FIXED[key] if part and key in FIXED else _fixed_id(key, part) for key, part in value.items()}
    if isinstance(value, list):
        return [fixed(part) for part in value]
    if isinstance(value, str):
        return _UUID.sub(ID, value.replace("http://testserver", "http://127.0.0.1:8000"))
    return value


def _fixed_id(key: str, part: Any) -> Any:
    return 1 if key == "id" and isinstance(part, int) else fixed(part)


class Visitor:
    """Somebody who makes every call once, in a sensible order, and keeps what was said."""

    def __init__(self) -> None:
        self.client = APIClient()
        self.heard: dict[str, dict[str, Any]] = {}

    def call(
        self, operation: str, method: str, path: str, body: Any = None, *, is_photo: bool = False, accept: str = "*/*"
    ) -> Any:
        send = getattr(self.client, method.lower())
        kind = "multipart" if is_photo else "json"
        answer = send(f"/api/v1/{path}", body, format=kind, headers={"Accept": accept})
        told = answer.json() if answer.content else None
        request = None if is_photo or body is None else body
        if told is not None or request is not None:
            self.heard[operation] = {"request": fixed(request), "status": answer.status_code, "answer": fixed(told)}
        return told

    def sign_in(self, told: Any) -> None:
        self.client.credentials(HTTP_AUTHORIZATION=f"Token {told['token']}")


@pytest.fixture
def visitor(serving: ModelVersion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    monkeypatch.setattr(password_reset, "later", lambda job: job())
    add_on_device(serving, tmp_path)
    visitor = Visitor()
    ada = {"username": "ada", "password": PASSWORD, "email": "ada@example.org", "device_name": "Ada's phone"}
    visitor.sign_in(visitor.call("auth_register_create", "POST", "auth/register/", ada))
    with ORANGE.open("rb") as photo:
        stored = visitor.call("predictions_create", "POST", "predictions/", {"image": photo}, is_photo=True)
    with ORANGE.open("rb") as photo:
        visitor.call("predict_create", "POST", "predict/", {"image": photo}, is_photo=True)
    visitor.call("predictions_list", "GET", "predictions/")
    visitor.call("predictions_retrieve", "GET", f"predictions/{stored['id']}/")
    visitor.call("predictions_classify_create", "POST", f"predictions/{stored['id']}/classify/")
    wrong = {"verdict": "wrong", "label": "blood orange"}
    visitor.call("predictions_feedback_update", "PUT", f"predictions/{stored['id']}/feedback/", wrong)
    visitor.call("predictions_delete_create", "POST", "predictions/delete/", {"ids": [stored["id"]]})
    visitor.call("labels_retrieve", "GET", "labels/")
    visitor.call("models_retrieve", "GET", "models/")
    visitor.call("models_active_on_device_retrieve", "GET", "models/active/on-device/")
    visitor.call("me_retrieve", "GET", "me/")
    change = {"email": "ada@example.org", "password": PASSWORD}
    visitor.call("me_partial_update", "PATCH", "me/", change)
    visitor.call("auth_tokens_retrieve", "GET", "auth/tokens/")
    _ask_why(visitor)
    _pair(visitor)
    _use_passwords(visitor)
    return visitor


def _ask_why(visitor: Visitor) -> None:
    with places_serving(), ORANGE.open("rb") as photo:
        stored = visitor.client.post("/api/v1/predictions/", {"image": photo}, format="multipart").json()
        path = f"predictions/{stored['id']}/why/"
        visitor.call("predictions_why_retrieve", "GET", path, accept="application/json")


def _pair(visitor: Visitor) -> None:
    shown = visitor.call("auth_pairing_create", "POST", "auth/pairing/")
    phone = {"code": shown["code"], "device_name": "Ada's phone"}
    visitor.call("auth_pair_create", "POST", "auth/pair/", phone)
    pages = visitor.heard["auth_pairing_create"]["answer"]
    pages["code"] = visitor.heard["auth_pair_create"]["request"]["code"] = PAIRING_CODE
    pages["url"] = pages["url"].replace(shown["code"], PAIRING_CODE)


def _use_passwords(visitor: Visitor) -> None:
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    visitor.call("auth_password_change_create", "POST", "auth/password/change/", change)
    visitor.call("auth_password_reset_create", "POST", "auth/password/reset/", {"email": "ada@example.org"})
    code = re.search(r"^ {4}(\w+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert code
    again = {"email": "ada@example.org", "code": code[1], "new_password": PASSWORD}
    visitor.call("auth_password_reset_confirm_create", "POST", "auth/password/reset/confirm/", again)
    ada = {"username": "ada", "password": PASSWORD, "device_name": "Ada's phone"}
    visitor.call("auth_login_create", "POST", "auth/login/", ada)


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    for methods in paths.values():
        for operation in methods.values():
            yield operation["operationId"], operation


def test_the_examples_are_what_the_api_answers(visitor: Visitor) -> None:
    assert all(call["status"] < 300 for call in visitor.heard.values())
    for operation, call in visitor.heard.items():
        check_recorded(examples.FOLDER / f"{operation}.json", call)


def test_every_call_with_json_has_its_example_in_the_schema() -> None:
    without = [name for name, operation in operations() if _speaks_json(operation) and "Example" not in str(operation)]

    assert without == []


def test_the_example_of_a_page_of_predictions_is_the_whole_page() -> None:
    page = dict(operations())["predictions_list"]["responses"]["200"]["content"]["application/json"]

    assert set(page["examples"]["Example"]["value"]) == {"next", "previous", "results"}


def _speaks_json(operation: dict[str, Any]) -> bool:
    bodies = [operation.get("requestBody", {})]
    bodies += [answer for status, answer in operation["responses"].items() if status < "300"]
    return any("application/json" in body.get("content", {}) for body in bodies)
