"""What surrounds every answer."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.tests.api_calls import post_photo

ADA = {"username": "ada", "password": "correct horse battery"}


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/me/",
        "/api/v1/auth/tokens/",
        "/api/v1/predictions/",
        "/api/v1/me/export/",
        "/api/v1/nowhere/",
        "/",
        "/predictions/",
        "/model/",
        "/account/",
        "/account/delete/",
        "/sign-in/",
        "/password/new/",
        "/nowhere/",
    ],
)
def test_no_answer_is_kept_that_does_not_say_so_itself(client: Client, user: User, path: str) -> None:
    anonymous = client.get(path)
    client.force_login(user)

    assert "no-store" in anonymous["Cache-Control"]
    assert "no-store" in client.get(path)["Cache-Control"]


def test_a_token_and_a_refusal_are_kept_by_nobody(anonymous: APIClient, user: User) -> None:
    for password in (ADA["password"], "wrong"):
        answer = anonymous.post("/api/v1/auth/login/", {**ADA, "password": password})
        assert "no-store" in answer["Cache-Control"]


def test_a_refused_host_is_told_so_as_json_and_that_is_kept_by_nobody(client: Client, db: None) -> None:
    answer = client.get("/api/v1/me/", headers={"host": "evil.example"})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "bad_request")
    assert "no-store" in answer["Cache-Control"]


def test_photos_are_kept_and_asked_about(api_client: APIClient, serving: ModelVersion) -> None:
    photo = post_photo(api_client).json()["image"]

    assert api_client.get(photo["url"])["Cache-Control"] == "private, no-cache"


def test_static_files_are_kept(client: Client, db: None) -> None:
    answer: Any = client.get("/static/classifier/favicon.svg")

    b"".join(answer.streaming_content)
    answer.close()
    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]
