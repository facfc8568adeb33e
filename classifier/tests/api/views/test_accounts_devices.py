"""The devices that are signed in to an account, and its password."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from classifier.models import DeviceToken

TOKENS, CHANGE = "/api/v1/auth/tokens/", "/api/v1/auth/password/change/"
OLD, NEW = "correct horse battery", "a glacier in the afternoon"


def test_devices_are_listed_with_name_and_which_one_asks(anonymous: APIClient, user: User) -> None:
    for name in ("tablet", "phone"):
        given = {"username": "ada", "password": OLD, "device_name": name}
        token = anonymous.post("/api/v1/auth/login/", given).json()["token"]
    anonymous.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    listed = anonymous.get(TOKENS).json()["results"]

    assert [(device["device_name"], device["is_current"]) for device in listed] == [("phone", True), ("tablet", False)]
    assert set(listed[0]) == {"id", "kind", "device_name", "created_at", "last_used_at", "expires_at", "is_current"}
    assert listed[0]["last_used_at"] is not None
    assert token not in json.dumps(listed)


def test_a_device_is_signed_out_by_its_id(user: User, client_of: Any) -> None:
    phone, tablet = client_of(user), client_of(user)
    other = next(device for device in phone.get(TOKENS).json()["results"] if not device["is_current"])

    assert phone.delete(f"{TOKENS}{other['id']}/").status_code == 204
    assert tablet.get("/api/v1/me/").status_code == 401
    assert phone.delete(f"{TOKENS}{other['id']}/").status_code == 404


def test_nobody_sees_or_ends_the_devices_of_others(user: User, other_user: User, client_of: Any) -> None:
    phone, stranger = client_of(user), client_of(other_user)
    (device,) = phone.get(TOKENS).json()["results"]

    assert stranger.delete(f"{TOKENS}{device['id']}/").status_code == 404
    assert len(stranger.get(TOKENS).json()["results"]) == 1
    assert phone.get("/api/v1/me/").status_code == 200


@pytest.mark.parametrize(("method", "path"), [("get", TOKENS), ("post", CHANGE), ("get", "/api/v1/me/export/")])
def test_without_a_token_there_is_nothing_to_see(anonymous: APIClient, db: None, method: str, path: str) -> None:
    assert getattr(anonymous, method)(path).status_code == 401


def test_a_token_lives_on_from_its_last_use(user: User, client_of: Any, settings: Any) -> None:
    client = client_of(user)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    DeviceToken.objects.update(last_used_at=an_hour_ago, expiry=timezone.now() + timedelta(days=1))

    client.get("/api/v1/me/")

    device = DeviceToken.objects.get()
    assert device.last_used_at > an_hour_ago
    assert device.expiry > timezone.now() + timedelta(days=settings.CLASSIFIER_TOKEN_TTL_DAYS - 1)


def test_a_use_just_noted_is_not_written_again(user: User, client_of: Any, django_assert_num_queries: Any) -> None:
    client = client_of(user)
    client.get("/api/v1/me/")

    with django_assert_num_queries(1):  # the device with its owner
        client.get("/api/v1/me/")


def test_signing_in_clears_what_has_expired(anonymous: APIClient, user: User) -> None:
    DeviceToken.objects.create(user, expiry=timedelta(days=-1))

    anonymous.post("/api/v1/auth/login/", {"username": "ada", "password": OLD})

    assert DeviceToken.objects.count() == 1


def test_a_new_password_signs_every_other_device_and_browser_out(user: User, client_of: Any, client: Client) -> None:
    phone, tablet = client_of(user), client_of(user)
    client.force_login(user)

    response = phone.post(CHANGE, {"current_password": OLD, "new_password": NEW})

    user.refresh_from_db()
    assert response.status_code == 204
    assert user.check_password(NEW)
    assert phone.get("/api/v1/me/").status_code == 200
    assert tablet.get("/api/v1/me/").status_code == 401
    assert client.get("/api/v1/me/").status_code == 401


@pytest.mark.parametrize(
    ("given", "status", "attr"),
    [
        ({"current_password": "wrong", "new_password": NEW}, 401, "current_password"),
        ({"current_password": OLD, "new_password": "12345"}, 400, "new_password"),
        ({"current_password": OLD}, 400, "new_password"),
    ],
)
def test_a_password_is_not_changed_for_the_asking(
    api_client: APIClient, user: User, given: dict[str, str], status: int, attr: str
) -> None:
    response = api_client.post(CHANGE, given)

    user.refresh_from_db()
    assert response.status_code == status
    assert {error["attr"] for error in response.json()["errors"]} == {attr}
    assert user.check_password(OLD)


def test_guessing_the_current_password_is_limited(api_client: APIClient, settings: Any) -> None:
    settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 2
    wrong = {"current_password": "wrong", "new_password": NEW}

    assert [api_client.post(CHANGE, wrong).status_code for _ in range(3)] == [401, 401, 429]


def test_logout_all_ends_browser_sessions_too(user: User, client_of: Any, client: Client) -> None:
    client.force_login(user)

    client_of(user).post("/api/v1/auth/logout-all/")

    assert client.get("/api/v1/me/").status_code == 401
