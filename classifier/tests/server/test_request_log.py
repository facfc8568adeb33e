"""Every request is a line in the log, without anything secret."""

import logging
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.models import ModelVersion
from classifier.tests.examples import upload
from classifier.tests.rows import token_header
from classifier.tests.second_factors import set_up

PREDICTIONS = "/api/v1/predictions/"


def test_a_request_is_one_line_with_its_facts_and_never_a_token(
    user: User, caplog: pytest.LogCaptureFixture, serving: ModelVersion
) -> None:
    headers = token_header(user)
    with caplog.at_level(logging.INFO, "classifier.requests"):
        response = Client().post(
            f"{PREDICTIONS}?token=secret", {"image": upload()}, headers={**headers, "X-Request-ID": "abc-1"}
        )

    (record,) = [record for record in caplog.records if record.name == "classifier.requests"]
    facts: Any = record.msg
    assert response["X-Request-ID"] == facts["request_id"] == "abc-1"
    assert (facts["method"], facts["path"], facts["status"], facts["user"]) == ("POST", PREDICTIONS, 201, user.pk)
    assert facts["address"] == "127.0.0.1"
    assert facts["bytes_in"] > 500
    assert facts["ms"] > 0
    assert headers["Authorization"][6:] not in str(record.msg)
    assert "secret" not in str(record.msg)


@pytest.mark.parametrize("given", ["", "x" * 65, "a b\nc"])
def test_an_id_that_is_none_is_replaced(client: Client, db: None, given: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", client.get("/livez", headers={"X-Request-ID": given})["X-Request-ID"])


def test_health_checks_are_not_logged(client: Client, db: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "classifier.requests"):
        client.get("/livez")

    assert not [record for record in caplog.records if record.name == "classifier.requests"]


def test_a_client_can_neither_forge_lines_nor_fill_the_log(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "classifier.requests"):
        client.get("/a%0A2026 [info] request user=1%1B[2J" + "x" * 10_000, headers={"X-Forwarded-For": "192.0.2.9"})

    (record,) = [record for record in caplog.records if record.name == "classifier.requests"]
    facts: Any = record.msg
    assert facts["path"].startswith("/a\\n2026 [info] request user=1\\x1b[2Jx")
    assert len(facts["path"]) < 400
    assert facts["address"] == "127.0.0.1"


def test_behind_a_proxy_the_line_has_the_address_that_the_proxy_tells(
    client: Client, db: None, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.BEHIND_TLS_PROXY = True
    with caplog.at_level(logging.INFO, "classifier.requests"):
        client.get("/nowhere", headers={"X-Forwarded-For": "10.0.0.1, 192.0.2.9"})

    (record,) = [record for record in caplog.records if record.name == "classifier.requests"]
    facts: Any = record.msg
    assert facts["address"] == "192.0.2.9"


def test_whatever_is_logged_meanwhile_says_from_where(user: User, caplog: pytest.LogCaptureFixture) -> None:
    set_up(user)
    with caplog.at_level(logging.WARNING, "classifier.accounts"):
        fields = {"username": "ada", "password": "correct horse battery", "code": "000000"}
        Client().post("/api/v1/auth/login/", fields, REMOTE_ADDR="192.0.2.9")

    facts = [record.msg for record in caplog.records if record.name == "classifier.accounts"][-1]
    assert isinstance(facts, dict)
    assert (facts["event"], facts["address"]) == ("second_factor_failed", "192.0.2.9")
