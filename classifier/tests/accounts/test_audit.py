"""What happens to accounts is in the log, with who and from where, and without a secret."""

from typing import Any

import pytest
import structlog
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from classifier.accounts import audit

LOGIN = "/api/v1/auth/login/"
ADA = {"username": "ada", "password": "correct horse battery"}
SECRETS = ("correct horse battery", "a wrong guess", "a glacier in the afternoon")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Each event on its way into the log."""
    events: list[dict[str, Any]] = []

    def keep(_: Any, method: str, event: Any) -> Any:
        events.append({**event, "method": method})
        raise structlog.DropEvent

    kept = structlog.wrap_logger(structlog.PrintLogger(), processors=[keep])
    monkeypatch.setattr(audit, "logger", kept)
    return events


def test_sign_ins_are_told_failed_refused_and_right_ones(
    anonymous: APIClient, user: User, settings: Any, told: Any
) -> None:
    settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 1
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        anonymous.post(LOGIN, {**ADA, "password": "a wrong guess"}, REMOTE_ADDR=address)
    for _ in range(2):
        anonymous.post(LOGIN, ADA, REMOTE_ADDR="10.0.0.3")

    assert [(event["method"], event["event"], event["address"]) for event in told] == [
        ("warning", "sign_in_failed", "10.0.0.1"),
        ("warning", "sign_in_throttled", "10.0.0.1"),
        ("warning", "sign_in_failed", "10.0.0.2"),
        ("info", "password_accepted", "10.0.0.3"),
        ("info", "signed_in", "10.0.0.3"),
        ("info", "password_accepted", "10.0.0.3"),
        ("info", "signed_in", "10.0.0.3"),
    ]
    assert [event["is_known_address"] for event in told if event["event"] == "password_accepted"] == [False, True]
    assert {event["account"] for event in told} == {"ada"}
    assert not [secret for secret in SECRETS if secret in str(told)]


def test_a_browser_that_is_signed_in_is_told_too(client: Client, user: User, told: Any) -> None:
    client.post("/sign-in/", ADA)
    client.post("/api/v1/auth/logout/")

    assert [(event["event"], event.get("kind")) for event in told] == [
        ("password_accepted", None),
        ("signed_in", "browser"),
        ("signed_out", None),
    ]


def test_changes_of_an_account_are_told(api_client: APIClient, anonymous: APIClient, told: Any) -> None:
    change = {"current_password": "a wrong guess", "new_password": "a glacier in the afternoon"}
    api_client.post("/api/v1/auth/password/change/", change)
    api_client.post("/api/v1/auth/password/change/", {**change, "current_password": ADA["password"]})
    anonymous.post("/api/v1/auth/register/", {"username": "linus", "password": "a glacier in the afternoon"})

    assert [event["event"] for event in told] == [
        "password_confirmation_failed",
        "password_changed",
        "registered",
        "signed_in",
    ]
    assert not [secret for secret in SECRETS if secret in str(told)]


def test_a_name_cannot_forge_a_line_nor_hide_one(told: Any) -> None:
    audit.warn("sign_in_failed", RequestFactory().post("/"), "ada\n2026 [info] signed_in \x1b[2K\u202e" + "x" * 1000)

    name = told[0]["account"]
    assert name.startswith(r"ada\n2026 [info] signed_in \x1b[2K\u202e")
    assert name.isascii()
    assert name.isprintable()
    assert len(name) < 200


def test_a_paired_phone_is_told_without_its_code(
    api_client: APIClient, anonymous: APIClient, user: User, told: Any
) -> None:
    code = api_client.post("/api/v1/auth/pairing/").json()["code"]
    anonymous.post("/api/v1/auth/pair/", {"code": code})
    anonymous.post("/api/v1/auth/pair/", {"code": code})

    assert [(event["method"], event["event"], event["account"]) for event in told] == [
        ("info", "pairing_code_shown", "ada"),
        ("info", "signed_in", "ada"),
        ("info", "phone_paired", "ada"),
        ("warning", "pairing_failed", ""),
    ]
    assert code not in str(told)
