"""A new password ends what the old one began, whoever sets it and wherever."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from classifier.models import BrowserSession, DeviceToken, KnownAddress
from classifier.tests.rows import token_header

ME = "/api/v1/me/"
ADA = {"username": "ada", "password": "correct horse battery"}
NEW = "a glacier in the afternoon"


@pytest.fixture
def stolen(user: User) -> Any:
    """Headers with a token, beside a browser, of whoever found out the password."""
    Client().post("/sign-in/", ADA)
    return token_header(user)


def is_over(user: User) -> bool:
    of_account: Any = (DeviceToken, BrowserSession, KnownAddress)
    return not any(table.objects.filter(user=user).exists() for table in of_account)


def test_the_operators_new_password_ends_everything(client: Client, staff: User, user: User, stolen: Any) -> None:
    client.force_login(staff)
    path = reverse("admin:auth_user_password_change", args=[user.pk])

    answer = client.post(path, {"password1": NEW, "password2": NEW, "usable_password": "true"})

    assert answer.status_code == 302
    assert is_over(user)
    assert Client().get(ME, headers=stolen).status_code == 401


def test_so_does_that_of_the_command_line(user: User, stolen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)

    call_command("changepassword", "ada", verbosity=0)

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert is_over(user)


def test_a_stronger_hash_of_the_same_password_ends_nothing(user: User, stolen: Any, settings: Any) -> None:
    hashers = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("PBKDF2", "MD5")]
    settings.PASSWORD_HASHERS = hashers

    assert Client().post("/api/v1/auth/login/", ADA).status_code == 200

    user.refresh_from_db()
    assert user.password.startswith("pbkdf2")
    assert Client().get(ME, headers=stolen).status_code == 200


def test_what_else_is_changed_of_an_account_ends_nothing(user: User, stolen: Any) -> None:
    user.email = "ada@example.org"
    user.save()

    assert Client().get(ME, headers=stolen).status_code == 200
