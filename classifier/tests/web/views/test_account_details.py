"""An account's mail address and its user name are changed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.tests.web.reading import read

PASSWORD = "correct horse battery"


def test_an_address_is_added_and_taken_away(ada: Client, user: User) -> None:
    assert "Add one" in read(ada, "/account/")

    added = ada.post("/account/email/", {"email": "ada@example.org", "password": PASSWORD}, follow=True)
    assert "ada@example.org" in added.content.decode()
    ada.post("/account/email/", {"email": "", "password": PASSWORD})

    user.refresh_from_db()
    assert user.email == ""


def test_another_name_signs_in_with_the_same_password(ada: Client, user: User) -> None:
    response = ada.post("/account/name/", {"username": "lovelace", "password": PASSWORD}, follow=True)
    assert "lovelace" in response.content.decode()
    ada.post("/sign-out/")

    ada.post("/sign-in/", {"username": "lovelace", "password": PASSWORD})

    assert "lovelace" in read(ada, "/account/")


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("email", {"email": "a@example.org", "password": "wrong"}, "not your password"),
        ("email", {"email": "nonsense", "password": PASSWORD}, "valid email"),
        ("name", {"username": "lovelace", "password": "wrong"}, "not your password"),
        ("name", {"username": "grace", "password": PASSWORD}, "already exists"),
        ("name", {"username": "no spaces", "password": PASSWORD}, "valid username"),
        ("name", {"username": "correct.horse.battery", "password": PASSWORD}, "too similar"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(
    ada: Client, user: User, other_user: User, path: str, sent: dict[str, str], told: str
) -> None:
    response = ada.post(f"/account/{path}/", sent)

    user.refresh_from_db()
    assert told in response.content.decode()
    assert (user.username, user.email) == ("ada", "")


def test_whether_names_are_free_is_told_as_seldom_as_at_a_registration(ada: Client, settings: Any) -> None:
    settings.CLASSIFIER_REGISTRATIONS_PER_HOUR = 1
    ada.post("/account/name/", {"username": "one", "password": PASSWORD})

    assert ada.post("/account/name/", {"username": "two", "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("path", ["email", "name"])
def test_strangers_are_asked_to_sign_in(client: Client, db: None, path: str) -> None:
    assert client.get(f"/account/{path}/").headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", ["/account/email/", "/register/"])
def test_no_text_in_german_is_on_first_name_terms(ada: Client, path: str) -> None:
    fields = {"email": "nonsense", "username": "ada2", "password": PASSWORD}

    page = ada.post(path, fields, headers={"Accept-Language": "de"}).content.decode()

    assert 'aria-invalid="true"' in page
    assert "Gib " not in page
