"""A forgotten password: the code by mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from rest_framework.test import APIClient

from classifier.accounts import password_reset
from classifier.models import PasswordResetCode

ASK, CONFIRM = "/api/v1/auth/password/reset/", "/api/v1/auth/password/reset/confirm/"
NEW = "a glacier in the afternoon"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_reset, "later", lambda job: job())


@pytest.fixture
def ada(user: User) -> User:
    user.email = "Ada@example.org"
    user.save()
    return user


def asked_code(client: APIClient) -> str:
    assert client.post(ASK, {"email": "ada@example.org"}).status_code == 204
    found = re.search(r"^ {4}(\w+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def confirm(client: APIClient, code: str, password: str = NEW) -> Any:
    return client.post(CONFIRM, {"email": "ada@example.org", "code": code, "new_password": password})


def test_the_mailed_code_sets_a_new_password_and_signs_every_device_out(
    anonymous: APIClient, ada: User, client_of: Any
) -> None:
    phone = client_of(ada)

    response = confirm(anonymous, asked_code(anonymous))

    ada.refresh_from_db()
    assert response.status_code == 204
    assert ada.check_password(NEW)
    assert phone.get("/api/v1/me/").status_code == 401


def test_a_code_is_read_as_people_type_it(anonymous: APIClient, ada: User) -> None:
    code = asked_code(anonymous)

    assert confirm(anonymous, f" {code[:4].lower()} {code[4:]} ").status_code == 204


def test_a_code_is_good_once(anonymous: APIClient, ada: User) -> None:
    code = asked_code(anonymous)
    confirm(anonymous, code)

    assert confirm(anonymous, code, "another long password").status_code == 400


def test_a_code_expires(anonymous: APIClient, ada: User) -> None:
    code = asked_code(anonymous)
    row = PasswordResetCode.objects.get()
    row.created_at -= timedelta(minutes=password_reset.CODE_TTL_MINUTES, seconds=1)
    row.save()

    response = confirm(anonymous, code)

    assert response.status_code == 400
    assert response.json()["errors"][0] == {
        "code": "wrong_code",
        "detail": "This code is wrong or has expired. Ask for a new one.",
        "attr": "code",
    }


def test_five_wrong_guesses_end_a_code(anonymous: APIClient, ada: User) -> None:
    code = asked_code(anonymous)
    for _ in range(5):
        confirm(anonymous, "AAAAAAAA")

    assert confirm(anonymous, code).status_code == 400


def test_a_poor_password_is_refused_and_the_code_stays_good(anonymous: APIClient, ada: User) -> None:
    code = asked_code(anonymous)

    assert confirm(anonymous, code, "12345").json()["errors"][0]["attr"] == "new_password"
    assert confirm(anonymous, code).status_code == 204


def test_an_unknown_address_gets_the_same_answer_and_no_mail(anonymous: APIClient, ada: User) -> None:
    response = anonymous.post(ASK, {"email": "nobody@example.org"})

    assert response.status_code == 204
    assert mail.outbox == []


def test_the_code_is_not_in_the_database(anonymous: APIClient, ada: User) -> None:
    code = asked_code(anonymous)

    assert code not in str(PasswordResetCode.objects.values())


def test_mails_to_one_address_are_limited(anonymous: APIClient, ada: User, settings: Any) -> None:
    settings.CLASSIFIER_PASSWORD_RESETS_PER_HOUR = 2
    codes = [anonymous.post(ASK, {"email": "ada@example.org"}).status_code for _ in range(3)]

    assert codes == [204, 204, 429]


def test_a_server_without_mail_says_so(anonymous: APIClient, ada: User, settings: Any) -> None:
    settings.MAIL_IS_SENT = False

    response = anonymous.post(ASK, {"email": "ada@example.org"})

    assert response.status_code == 403
    assert "Ask the operator" in response.json()["errors"][0]["detail"]
