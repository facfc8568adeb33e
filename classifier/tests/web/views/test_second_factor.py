"""The second factor, as people meet it in a browser."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from classifier.accounts import half_way, password_reset, second_factor
from classifier.models import DeviceToken
from classifier.tests.second_factors import code_of, set_up

PAGE, SIGN_IN, CODE = "/account/second-factor/", "/sign-in/", "/sign-in/code/"
PASSWORD = {"current_password": "correct horse battery"}
CREDENTIALS = {"username": "ada", "password": "correct horse battery"}


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.fixture
def owner(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_it_is_set_up_with_the_password_a_scan_and_a_code(owner: Client, user: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(user)
    DeviceToken.objects.create(user)

    page = owner.post(PAGE, PASSWORD, follow=True).content.decode()
    device: Any = second_factor.begun(user)
    assert second_factor.key_of(device) in page
    assert "<svg" in page
    assert " style=" not in page
    codes = owner.post(PAGE, {"code": code_of(device)}).content.decode()

    assert len(re.findall(r"<li><code>(?:[0-9a-f]{6}-){4}[0-9a-f]{6}</code>", codes)) == second_factor.RECOVERY_CODES
    assert second_factor.is_set_up(user)
    assert is_signed_in(owner)
    assert not is_signed_in(elsewhere)
    assert not DeviceToken.objects.filter(user=user).exists()


def test_the_key_is_shown_to_nobody_without_the_password(owner: Client, user: User) -> None:
    device = second_factor.begin(user)

    assert second_factor.key_of(device) not in owner.get(PAGE).content.decode()
    assert "not your password" in owner.post(PAGE, {"current_password": "wrong"}).content.decode()


def test_the_password_alone_signs_nobody_in(client: Client, user: User) -> None:
    set_up(user)

    response = client.post(SIGN_IN, {**CREDENTIALS, "next": "/model/"})

    assert response["Location"] == f"{CODE}?next=%2Fmodel%2F"
    assert not is_signed_in(client)


def test_password_and_code_do(client: Client, user: User) -> None:
    device, _ = set_up(user)
    client.post(SIGN_IN, CREDENTIALS)

    response = client.post(CODE, {"code": code_of(device, steps_on=1), "next": "/model/"})

    assert response["Location"] == "/model/"
    assert is_signed_in(client)


def test_password_and_recovery_code_do(client: Client, user: User) -> None:
    _, codes = set_up(user)
    client.post(SIGN_IN, CREDENTIALS)

    client.post(CODE, {"code": codes[0]})

    assert is_signed_in(client)


def test_a_wrong_code_does_not(client: Client, user: User) -> None:
    set_up(user)
    client.post(SIGN_IN, CREDENTIALS)

    page = client.post(CODE, {"code": "123"}).content.decode()

    assert "This code is wrong or was used before." in page
    assert not is_signed_in(client)


def test_a_code_without_the_password_is_not_asked_for(client: Client, user: User) -> None:
    device, _ = set_up(user)

    assert client.post(CODE, {"code": code_of(device, steps_on=1)})["Location"] == SIGN_IN


def test_the_password_counts_for_ten_minutes(client: Client, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(user)
    client.post(SIGN_IN, CREDENTIALS)
    assert client.get(CODE).status_code == 200

    monkeypatch.setattr(half_way, "LASTS_S", -1)

    assert client.get(CODE)["Location"] == SIGN_IN


def test_a_new_password_ends_a_sign_in_that_is_half_way(client: Client, user: User) -> None:
    set_up(user)
    client.post(SIGN_IN, CREDENTIALS)

    user.set_password("another horse battery")
    user.save()

    assert client.get(CODE)["Location"] == SIGN_IN


def test_a_new_password_does_not_go_round_it(client: Client, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(user)
    User.objects.filter(pk=user.pk).update(email="ada@example.org")
    monkeypatch.setattr(password_reset, "later", lambda job: job())
    client.post("/password/forgotten/", {"email": "ada@example.org"})
    (code,) = re.findall(r"^    (\w+)$", str(mail.outbox[0].body), re.MULTILINE)

    client.post("/password/new/", {"email": "ada@example.org", "code": code, "new_password": "another good one"})
    response = client.post(SIGN_IN, {"username": "ada", "password": "another good one"})

    assert response["Location"].startswith(CODE)
    assert not is_signed_in(client)


def test_to_turn_it_off_takes_password_and_code(owner: Client, user: User) -> None:
    _, codes = set_up(user)
    owner.post(PAGE, {**PASSWORD, "code": "000000"})
    owner.post(PAGE, {"current_password": "wrong", "code": codes[0]})
    assert second_factor.is_set_up(user)

    response = owner.post(PAGE, {**PASSWORD, "code": codes[1]})

    assert response["Location"] == "/account/"
    assert not second_factor.is_set_up(user)


def test_where_staff_need_one_the_admin_leads_to_it(client: Client, staff: User, settings: Any) -> None:
    settings.CLASSIFIER_SECOND_FACTOR_FOR_STAFF = True
    client.force_login(staff)

    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0] == PAGE
    assert "staff need one" in response.content.decode()
    set_up(staff)
    assert client.get("/admin/").status_code == 200
