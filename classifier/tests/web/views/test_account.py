"""The account's page: devices, password, storage, deletion."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.models import BrowserSession, DeviceToken
from classifier.predictions import account_deletion
from classifier.tests.web.reading import read


def test_devices_are_listed_and_signed_out(ada: Client, user: User) -> None:
    device, _ = DeviceToken.objects.create(user, device_name="red phone")
    assert "red phone" in read(ada, "/account/")

    ada.post(f"/account/devices/{device.id}/")

    assert "red phone" not in read(ada, "/account/")


def test_nobody_signs_out_a_device_of_somebody_else(ada: Client, other_user: User) -> None:
    device, _ = DeviceToken.objects.create(other_user)

    assert ada.post(f"/account/devices/{device.id}/").status_code == 404
    assert DeviceToken.objects.exists()


def test_browsers_are_listed_and_signed_out(ada: Client, user: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(user)
    assert read(ada, "/account/").count("(this one)") == 1
    row = BrowserSession.objects.filter(user=user).latest("created_at")

    ada.post(f"/account/devices/{row.id}/")

    assert elsewhere.get("/account/").status_code == 302
    assert read(ada, "/account/")


def test_a_new_password_signs_every_other_device_out_and_this_browser_stays(ada: Client, user: User) -> None:
    DeviceToken.objects.create(user)
    given = {"current_password": "correct horse battery", "new_password": "another good one"}

    response = ada.post("/account/", given, follow=True)

    assert response.redirect_chain == [("/account/#content", 302)]
    assert "Your password is changed" in response.content.decode()
    assert not DeviceToken.objects.exists()
    assert read(ada, "/account/")


@pytest.mark.parametrize(
    ("change", "told"),
    [({"current_password": "wrong"}, "not your password"), ({"new_password": "123"}, "too short")],
)
def test_what_is_wrong_with_a_new_password_is_told(ada: Client, user: User, change: dict[str, str], told: str) -> None:
    given = {"current_password": "correct horse battery", "new_password": "another good one", **change}

    assert told in ada.post("/account/", given).content.decode()
    user.refresh_from_db()
    assert user.check_password("correct horse battery")


def test_what_is_wrong_with_a_new_password_is_in_sight(ada: Client) -> None:
    page = read(ada, "/account/")

    assert page.index('id="password"') < page.index('action="#password"') < page.index("Current password")


def test_everything_else_is_signed_out_at_once(ada: Client, user: User) -> None:
    DeviceToken.objects.create(user)
    elsewhere = Client()
    elsewhere.force_login(user)

    ada.post("/account/sign-out-everywhere/")

    assert not DeviceToken.objects.exists()
    assert elsewhere.get("/account/").status_code == 302
    assert read(ada, "/account/")


def test_everything_is_exported(ada: Client) -> None:
    response: Any = ada.post("/account/export/")

    assert response["Content-Type"] == "application/zip"
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_the_account_is_deleted_with_its_password_alone(ada: Client, user: User) -> None:
    assert "not your password" in ada.post("/account/delete/", {"current_password": "wrong"}).content.decode()
    assert User.objects.exists()

    page = ada.post("/account/delete/", {"current_password": "correct horse battery"}, follow=True).content.decode()

    assert "Your account is deleted" in page
    assert not ada.login(username="ada", password="correct horse battery")
    account_deletion.delete_requested()
    assert not User.objects.exists()


@pytest.mark.parametrize("path", ["/predictions/", "/model/", "/account/", "/account/delete/"])
def test_pages_are_for_those_who_are_signed_in(client: Client, db: None, path: str) -> None:
    assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"
