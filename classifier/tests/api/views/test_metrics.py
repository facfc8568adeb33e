"""The figures at /metrics."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.tests.examples import upload
from classifier.tests.rows import token_header

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
        assert elsewhere.get("/metrics", headers=token_header(user)).status_code == 401
        assert elsewhere.get("/metrics", headers=token_header(staff)).status_code == 200

    def test_prometheus_may_ask_by_number(self, db: None, staff: User, settings: Any) -> None:
        settings.ALLOWED_HOSTS = ["photos.example.org"]
        headers = {"host": "10.0.0.5:8000", **token_header(staff)}

        assert Client(REMOTE_ADDR="10.0.0.9").get("/metrics", headers=headers).status_code == 200

    def test_behind_a_proxy_nobody_is_local(self, client: Client, db: None, settings: Any) -> None:
        settings.BEHIND_TLS_PROXY = True

        assert client.get("/metrics").status_code == 401

    @pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"])
    def test_nobody_is_local_whom_a_proxy_brings_though_no_setting_tells_of_one(
        self, client: Client, db: None, name: str
    ) -> None:
        assert client.get("/metrics", headers={name: "203.0.113.9"}).status_code == 401

    def test_staff_who_lack_their_second_factor_are_no_staff(self, db: None, staff: User, settings: Any) -> None:
        settings.CLASSIFIER_SECOND_FACTOR_FOR_STAFF = True

        assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics", headers=token_header(staff)).status_code == 401

    def test_the_operator_may_open_it(self, db: None, settings: Any) -> None:
        settings.CLASSIFIER_METRICS_PUBLIC = True

        assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 200
