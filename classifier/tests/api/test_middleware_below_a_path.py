"""Below a path that a proxy takes away, what depends on a path goes by the rest; `make live` tries the whole."""

from typing import Any

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def below(settings: Any, db: None) -> None:
    settings.FORCE_SCRIPT_NAME = "/photos"


def test_unknown_names_and_calls_by_http_are_told_in_json(client: Client, settings: Any) -> None:
    unknown = client.get("/api/v1/nothing/", headers={"Host": "elsewhere.example"})
    settings.SECURE_SSL_REDIRECT = True
    by_http = client.get("/api/v1/me/")

    assert unknown.json()["errors"][0]["code"] == "bad_request"
    assert by_http.json()["errors"][0]["code"] == "https_required"


def test_what_is_not_there_is_told_in_json(client: Client) -> None:
    assert client.get("/compat/nothing/").headers["Content-Type"] == "application/json"
