"""A forgotten password: the code by mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from rest_framework.test import APIClient

from classifier.accounts import password_reset
from classifier.models import PasswordResetCode, ThrottleCount
from classifier.tests.work import Work, measured

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


def confirm(
    client: APIClient, code: str, password: str = NEW, *, email: str = "ada@example.org", address: str = "127.0.0.1"
) -> Any:
    return client.post(CONFIRM, {"email": email, "code": code, "new_password": password}, REMOTE_ADDR=address)


def test_the_mailed_code_sets_a_new_password_and_signs_every_device_out(
    anonymous: APIClient, ada: User, client_of: Any
) -> None:
    phone = client_of(ada)

    response = confirm(anonymous, asked_code(anonymous))

    ada.refresh_from_db()
    assert response.status_code == 204
    assert ada.check_password(NEW)
    assert phone.get("/api/v1/me/").status_code == 401


def test_the_mail_is_in_the_language_of_whoever_asks_by_the_api_too(anonymous: APIClient, ada: User) -> None:
    anonymous.post(ASK, {"email": "ada@example.org"}, headers={"Accept-Language": "de"})

    assert mail.outbox[-1].subject.startswith("Ihr Code")
    assert "Er gilt 15 Minuten." in str(mail.outbox[-1].body)


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


def test_the_tries_of_strangers_take_no_code_away(anonymous: APIClient, ada: User) -> None:
    code = asked_code(anonymous)
    tries = [confirm(anonymous, "AAAAAAAA", address="10.0.0.1").status_code for _ in range(10)]

    assert tries == [400] * 5 + [429] * 5
    assert confirm(anonymous, code, address="10.0.0.1").status_code == 429
    assert confirm(anonymous, code, address="10.0.0.2").status_code == 204


def test_an_address_has_a_limit_for_all_mail_addresses(anonymous: APIClient, ada: User) -> None:
    tries = [confirm(anonymous, "AAAAAAAA", email=f"{n}@example.org").status_code for n in range(51)]

    assert tries == [400] * 50 + [429]


def test_asking_again_leaves_the_code_good_that_is_on_its_way(anonymous: APIClient, ada: User) -> None:
    first = asked_code(anonymous)
    asked_code(anonymous)

    assert confirm(anonymous, first).status_code == 204
    assert not PasswordResetCode.objects.exists()


def test_all_accounts_of_an_address_get_one_mail_with_a_code_for_each(anonymous: APIClient, ada: User) -> None:
    for name in ("ada2", "ada3"):
        User.objects.create_user(name, ada.email, "correct horse battery")
    User.objects.create_user("gone", ada.email, "correct horse battery", is_active=False)

    anonymous.post(ASK, {"email": "ada@example.org"})

    (sent,) = mail.outbox
    codes = dict(re.findall(r"password of (\w+) is\n\n {4}(\w{10})\n", str(sent.body)))
    assert (list(codes), sent.to) == (["ada", "ada2", "ada3"], [ada.email])
    assert confirm(anonymous, codes["ada2"]).status_code == 204
    assert User.objects.get(username="ada2").check_password(NEW)
    assert User.objects.get(username="ada").check_password("correct horse battery")
    assert confirm(anonymous, codes["ada3"]).status_code == 204


def test_a_code_is_good_for_its_own_address_alone(anonymous: APIClient, ada: User) -> None:
    User.objects.create_user("eve", "eve@example.org", "correct horse battery")
    code = asked_code(anonymous)

    assert confirm(anonymous, code, email="eve@example.org").status_code == 400


def test_asking_and_guessing_are_the_same_work_whether_or_not_somebody_has_the_address(
    anonymous: APIClient, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[Any] = []
    monkeypatch.setattr(password_reset, "later", waiting.append)
    done: list[tuple[Work, Work]] = []
    for email in ("ada@example.org", "nobody@example.org"):
        with measured() as asking:
            anonymous.post(ASK, {"email": email})
        waiting.pop()()
        with measured() as guessing:
            confirm(anonymous, "AAAAAAAA", email=email, address="10.0.0.1")
        ThrottleCount.objects.all().delete()
        done.append((asking, guessing))

    assert len(mail.outbox) == 1
    assert done[0] == done[1]
    assert done[0][1].statements.count("INSERT classifier_throttlecount") == 2


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
