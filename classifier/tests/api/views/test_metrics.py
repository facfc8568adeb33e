"""The figures at /metrics, and the lines in the log."""

import json
import logging
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.tests.examples import upload
from classifier_project.logs import logging_config

PREDICTIONS = "/api/v1/predictions/"


def figure(client: Client, name: str) -> float:
    page = client.get("/metrics").content.decode()
    found = re.search(rf"^{re.escape(name)} ([\d.e+-]+)$", page, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_a_photo_is_counted_with_its_steps(client: Client, api_client: APIClient, serving: ModelVersion) -> None:
    names = [f'classifier_step_seconds_count{{step="{step}"}}' for step in ("decode", "inference", "store")]
    name = 'classifier_requests_total{method="POST",route="api/v1/predictions/",status="201"}'
    before = [figure(client, name) for name in [*names, name]]

    api_client.post(PREDICTIONS, {"image": upload()}, format="multipart")

    assert [figure(client, name) for name in [*names, name]] == [value + 1 for value in before]


def test_errors_are_counted_by_code(client: Client, api_client: APIClient, serving: ModelVersion) -> None:
    name = 'classifier_errors_total{code="unreadable_image"}'
    before = figure(client, name)

    api_client.post(PREDICTIONS, {"image": upload(b"\xff\xd8\xff damaged")}, format="multipart")

    assert figure(client, name) == before + 1


def test_a_method_that_nobody_knows_is_no_series_of_its_own(client: Client, db: None) -> None:
    client.generic("BREW", "/api/v1/me/")

    page = client.get("/metrics").content.decode()
    assert "BREW" not in page
    assert 'method="OTHER"' in page


class TestWhoMayLook:
    def test_others_than_this_machine_need_a_staff_token(self, db: None, staff: User, user: User) -> None:
        elsewhere = Client(REMOTE_ADDR="203.0.113.9")

        assert elsewhere.get("/metrics").status_code == 401
        assert elsewhere.get("/metrics", headers=token_of(user)).status_code == 401
        assert elsewhere.get("/metrics", headers=token_of(staff)).status_code == 200

    def test_behind_a_proxy_nobody_is_local(self, client: Client, db: None, settings: Any) -> None:
        settings.BEHIND_TLS_PROXY = True

        assert client.get("/metrics").status_code == 401

    def test_the_operator_may_open_it(self, db: None, settings: Any) -> None:
        settings.CLASSIFIER_METRICS_PUBLIC = True

        assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 200


def token_of(user: User) -> dict[str, str]:
    from classifier.accounts import sign_in

    return {"Authorization": f"Token {sign_in.sign_in(user).token}"}


class TestLog:
    def test_a_request_is_one_line_with_its_facts_and_never_a_token(
        self, user: User, caplog: pytest.LogCaptureFixture, serving: ModelVersion
    ) -> None:
        headers = token_of(user)
        with caplog.at_level(logging.INFO, "classifier.requests"):
            response = Client().post(
                f"{PREDICTIONS}?token=secret", {"image": upload()}, headers={**headers, "X-Request-ID": "abc-1"}
            )

        (record,) = [record for record in caplog.records if record.name == "classifier.requests"]
        facts: Any = record.msg
        assert response["X-Request-ID"] == facts["request_id"] == "abc-1"
        assert (facts["method"], facts["path"], facts["status"], facts["user"]) == ("POST", PREDICTIONS, 201, user.pk)
        assert facts["bytes_in"] > 500
        assert facts["ms"] > 0
        assert headers["Authorization"][6:] not in str(record.msg)
        assert "secret" not in str(record.msg)

    @pytest.mark.parametrize("given", ["", "x" * 65, "a b\nc"])
    def test_an_id_that_is_none_is_replaced(self, client: Client, db: None, given: str) -> None:
        assert re.fullmatch(r"[0-9a-f]{32}", client.get("/livez", headers={"X-Request-ID": given})["X-Request-ID"])

    def test_health_checks_are_not_logged(self, client: Client, db: None, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO, "classifier.requests"):
            client.get("/livez")

        assert not [record for record in caplog.records if record.name == "classifier.requests"]

    def test_machines_read_json(self) -> None:
        config = logging_config(level="INFO", as_json=True)
        settings = dict(config["formatters"]["line"])
        formatter = settings.pop("()")(**settings)

        line = formatter.format(logging.LogRecord("room", logging.WARNING, "f.py", 1, "Door %s", ("shut",), None))

        assert json.loads(line)["event"] == "Door shut"
        assert json.loads(line)["level"] == "warning"
