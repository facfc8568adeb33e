"""Devices: how long they stay signed in, how many there may be, and that browsers are among them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from classifier.accounts import devices
from classifier.accounts.sign_in import sign_in
from classifier.models import BrowserSession, DeviceToken

TOKENS, ME = "/api/v1/auth/tokens/", "/api/v1/me/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
ADA = {"username": "ada", "password": "correct horse battery"}


def browser() -> Client:
    client = Client(HTTP_USER_AGENT=FIREFOX)
    client.post("/sign-in/", ADA)
    return client


def test_browsers_are_listed_beside_tokens(user: User, client_of: Any) -> None:
    phone, firefox = client_of(user), browser()

    by_phone, by_firefox = ((client.get(TOKENS).json()["results"]) for client in (phone, firefox))

    assert [(device["kind"], device["device_name"], device["is_current"]) for device in by_phone] == [
        ("browser", "Firefox on Linux", False),
        ("token", "", True),
    ]
    assert [device["is_current"] for device in by_firefox] == [True, False]
    assert [set(device) for device in by_phone] == [set(by_firefox[0])] * 2


def test_a_browser_is_signed_out_by_its_id_alone(user: User, client_of: Any) -> None:
    phone, firefox, other = client_of(user), browser(), browser()
    listed = firefox.get(TOKENS).json()["results"]
    (current,) = (device["id"] for device in listed if device["is_current"])

    assert phone.delete(f"{TOKENS}{current}/").status_code == 204
    assert firefox.get("/account/").status_code == 302
    assert other.get("/account/").status_code == 200
    assert phone.delete(f"{TOKENS}{current}/").status_code == 404


def test_nobody_sees_or_ends_the_browsers_of_others(user: User, other_user: User, client_of: Any) -> None:
    firefox, stranger = browser(), client_of(other_user)
    row = BrowserSession.objects.get(user=user)

    assert len(stranger.get(TOKENS).json()["results"]) == 1
    assert stranger.delete(f"{TOKENS}{row.id}/").status_code == 404
    assert firefox.get("/account/").status_code == 200


def test_signing_out_by_the_api_ends_the_browsers_session(user: User) -> None:
    firefox, other = browser(), browser()

    assert firefox.post("/api/v1/auth/logout/").status_code == 204
    assert firefox.get(ME).status_code == 401
    assert firefox.get("/account/").status_code == 302
    assert other.get("/account/").status_code == 200


def test_signing_out_everywhere_by_the_api_ends_the_browser_that_asks_too(user: User, client_of: Any) -> None:
    firefox, phone = browser(), client_of(user)

    assert firefox.post("/api/v1/auth/logout-all/").status_code == 204
    assert (firefox.get(ME).status_code, phone.get(ME).status_code) == (401, 401)


def test_a_new_password_by_the_api_keeps_the_browser_that_asks(user: User, client_of: Any) -> None:
    firefox, other, phone = browser(), browser(), client_of(user)
    change = {"current_password": ADA["password"], "new_password": "a glacier in the afternoon"}

    assert firefox.post("/api/v1/auth/password/change/", change).status_code == 204
    assert firefox.get(ME).status_code == 200
    assert (other.get(ME).status_code, phone.get(ME).status_code) == (401, 401)
    assert [row.device_name for row in BrowserSession.objects.filter(user=user)] == ["Firefox on Linux"]


def test_a_browsers_session_is_not_enough_to_delete_the_account(user: User) -> None:
    response = browser().delete(ME)

    assert response.status_code == 403
    assert "on its page" in response.json()["errors"][0]["detail"]
    assert User.objects.exists()


def test_a_token_ends_however_often_it_is_used(user: User, client_of: Any, settings: Any) -> None:
    settings.CLASSIFIER_TOKEN_MAX_AGE_DAYS = 100
    phone, now = client_of(user), timezone.now()
    device = DeviceToken.objects.get()
    made = now - timedelta(days=99)
    DeviceToken.objects.update(created=made, last_used_at=None, expiry=now + timedelta(days=9))

    assert phone.get(ME).status_code == 200
    device.refresh_from_db()
    assert device.expiry == made + timedelta(days=100)

    settings.CLASSIFIER_TOKEN_MAX_AGE_DAYS = 98
    assert phone.get(ME).status_code == 401


def test_a_token_never_promises_more_than_its_longest_life(user: User, settings: Any) -> None:
    settings.CLASSIFIER_TOKEN_MAX_AGE_DAYS, settings.CLASSIFIER_TOKEN_TTL_DAYS = 5, 90

    assert sign_in(user).device.expiry < timezone.now() + timedelta(days=5, seconds=1)


def test_there_are_so_many_tokens_and_the_one_unused_for_longest_goes(
    user: User, anonymous: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "MOST_TOKENS", 3)
    rows = [sign_in(user, device_name=name).device for name in ("in use", "unused", "rarely used")]
    now = timezone.now()
    for row, days in zip(rows, (0, None, 3), strict=True):
        DeviceToken.objects.filter(pk=row.pk).update(
            created=now - timedelta(days=9), last_used_at=None if days is None else now - timedelta(days=days)
        )

    anonymous.post("/api/v1/auth/login/", {**ADA, "device_name": "new"})
    assert set(DeviceToken.objects.values_list("device_name", flat=True)) == {"in use", "rarely used", "new"}

    anonymous.post("/api/v1/auth/login/", {**ADA, "device_name": "newer"})
    assert set(DeviceToken.objects.values_list("device_name", flat=True)) == {"in use", "new", "newer"}


def test_there_are_so_many_browsers_and_the_one_unused_for_longest_goes(
    user: User, other_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "MOST_BROWSERS", 2)
    Client().force_login(other_user)
    first, second = browser(), browser()
    BrowserSession.objects.filter(id=_id_of(second)).update(last_used_at=timezone.now() - timedelta(days=1))

    third = browser()

    assert [client.get("/account/").status_code for client in (first, second, third)] == [200, 302, 200]
    assert BrowserSession.objects.filter(user=other_user).exists()


def _id_of(client: Client) -> str:
    (current,) = (device["id"] for device in client.get(TOKENS).json()["results"] if device["is_current"])
    return str(current)
