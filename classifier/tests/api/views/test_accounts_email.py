"""The mail address, which its owner changes with the password."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from classifier.accounts import password_reset
from classifier.models import PasswordResetCode

ME = "/api/v1/me/"
PASSWORD = "correct horse battery"


@pytest.mark.parametrize("email", ["ada@example.org", ""])
def test_a_new_address_takes_the_password(api_client: APIClient, user: User, email: str) -> None:
    User.objects.update(email="before@example.org")

    refused = api_client.patch(ME, {"email": email, "password": "wrong"})
    assert refused.status_code == 401
    assert refused.json()["errors"][0]["attr"] == "password"
    assert User.objects.get().email == "before@example.org"

    changed = api_client.patch(ME, {"email": email, "password": PASSWORD})
    assert changed.status_code == 200
    assert changed.json() == api_client.get(ME).json()
    assert changed.json()["email"] == User.objects.get().email == email


@pytest.mark.parametrize(
    ("change", "attr"),
    [({"email": "ada@example.org"}, "password"), ({"email": "ada", "password": PASSWORD}, "email")],
)
def test_what_cannot_be_is_refused(api_client: APIClient, change: dict[str, str], attr: str) -> None:
    response = api_client.patch(ME, change)

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == attr
    assert User.objects.get().email == ""


def test_nothing_else_is_changed(api_client: APIClient) -> None:
    change = {"password": PASSWORD, "username": "eve", "is_staff": True, "date_joined": "2001-01-01"}

    assert api_client.patch(ME, change).status_code == 200

    user = User.objects.get()
    assert (user.username, user.is_staff, user.date_joined.year) == ("ada", False, timezone.now().year)


def test_a_code_that_went_to_the_old_address_is_good_no_more(api_client: APIClient, user: User) -> None:
    User.objects.update(email="before@example.org")
    password_reset.send_codes("before@example.org", page="http://testserver/password/new/")
    assert len(mail.outbox) == 1

    api_client.patch(ME, {"email": "ada@example.org", "password": PASSWORD})

    assert not PasswordResetCode.objects.exists()


def test_wrong_passwords_are_counted(api_client: APIClient, settings: object) -> None:
    settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 2  # type: ignore[attr-defined]

    tries = [api_client.patch(ME, {"email": "a@example.org", "password": "wrong"}).status_code for _ in range(3)]

    assert tries == [401, 401, 429]
    assert api_client.patch(ME, {"email": "a@example.org", "password": PASSWORD}).status_code == 429
