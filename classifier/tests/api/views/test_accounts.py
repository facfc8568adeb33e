"""Accounts: made, signed in, signed out, deleted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework.test import APIClient

from classifier.models import DeviceToken, Prediction
from classifier.predictions import account_deletion
from classifier.tests.examples import photo_files, upload
from classifier.tests.second_factors import code_of, set_up

REGISTER, LOGIN = "/api/v1/auth/register/", "/api/v1/auth/login/"


NEW = {"username": "linus", "password": "penguins on the ice"}

ADA = {"username": "ada", "password": "correct horse battery"}


@pytest.mark.django_db
class TestSecondFactor:
    def test_password_and_code_sign_in(self, anonymous: APIClient, user: User) -> None:
        device, codes = set_up(user)

        refused = anonymous.post(LOGIN, ADA)
        wrong = anonymous.post(LOGIN, {**ADA, "code": "nonsense"})
        right = anonymous.post(LOGIN, {**ADA, "code": code_of(device, steps_on=1)})
        recovered = anonymous.post(LOGIN, {**ADA, "code": codes[0]})

        assert [response.status_code for response in (refused, wrong, right)] == [401, 401, 200]
        assert refused.json()["errors"][0]["code"] == "second_factor_required"
        assert wrong.json()["errors"][0]["attr"] == "code"
        assert recovered.status_code == 429  # a wrong one is waited for, of either kind

    def test_a_wrong_password_is_told_first(self, anonymous: APIClient, user: User) -> None:
        set_up(user)

        response = anonymous.post(LOGIN, {**ADA, "password": "wrong"})

        assert response.json()["errors"][0]["code"] == "authentication_failed"


@pytest.mark.django_db
class TestRegister:
    def test_a_new_account_is_signed_in(self, anonymous: APIClient) -> None:
        response = anonymous.post(REGISTER, {**NEW, "email": "linus@example.org"})

        body = response.json()
        assert response.status_code == 201
        assert list(body) == ["token", "expires_at", "user"]
        assert (body["user"]["username"], body["user"]["email"]) == ("linus", "linus@example.org")
        anonymous.credentials(HTTP_AUTHORIZATION=f"Token {body['token']}")
        assert anonymous.get("/api/v1/me/").json()["username"] == "linus"

    def test_no_account_is_made_when_registration_is_closed(self, anonymous: APIClient, settings: Any) -> None:
        settings.CLASSIFIER_REGISTRATION_OPEN = False

        assert anonymous.post(REGISTER, NEW).status_code == 403
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        ("change", "attr"),
        [({"password": "12345"}, "password"), ({"username": ""}, "username"), ({"email": "x"}, "email")],
    )
    def test_what_cannot_be_an_account_is_refused(
        self, anonymous: APIClient, change: dict[str, str], attr: str
    ) -> None:
        response = anonymous.post(REGISTER, {**NEW, **change})

        assert response.status_code == 400
        assert {error["attr"] for error in response.json()["errors"]} == {attr}

    def test_nobody_makes_an_account_that_is_more_than_an_account(self, anonymous: APIClient) -> None:
        anonymous.post(REGISTER, {**NEW, "is_staff": True, "is_superuser": True, "id": 77, "date_joined": "2001-01-01"})

        made = User.objects.get()
        assert not made.is_staff
        assert not made.is_superuser
        assert made.pk != 77
        assert made.date_joined.year > 2001

    @pytest.mark.parametrize("password", ["88207719463355", "seelandschaft", "x" * 64, "ice ❄ ice ❄"])
    def test_a_password_may_be_of_any_characters(self, anonymous: APIClient, password: str) -> None:
        assert anonymous.post(REGISTER, {**NEW, "password": password}).status_code == 201

    def test_a_name_is_taken_once(self, anonymous: APIClient) -> None:
        anonymous.post(REGISTER, NEW)

        assert anonymous.post(REGISTER, NEW).json()["errors"][0] == {
            "code": "unique",
            "detail": "A user with that username already exists.",
            "attr": "username",
        }

    def test_an_address_registers_a_limited_number_of_accounts(self, anonymous: APIClient, settings: Any) -> None:
        settings.CLASSIFIER_REGISTRATIONS_PER_HOUR = 1
        anonymous.post(REGISTER, NEW)

        response = anonymous.post(REGISTER, {**NEW, "username": "other"}, headers={"X-Forwarded-For": "9.9.9.9"})

        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0


class TestLogin:
    def test_name_and_password_give_a_token(self, anonymous: APIClient, user: User, settings: Any) -> None:
        settings.CLASSIFIER_TOKEN_TTL_DAYS = 7

        body = anonymous.post(LOGIN, {**ADA, "device_name": "phone"}).json()

        expires_at = parse_datetime(body["expires_at"])
        assert expires_at is not None
        assert timedelta(days=6) < expires_at - timezone.now() <= timedelta(days=7)
        assert body["user"]["username"] == "ada"

    def test_the_token_is_not_in_the_database(self, anonymous: APIClient, user: User) -> None:
        token = anonymous.post(LOGIN, ADA).json()["token"]

        assert token not in str(list(DeviceToken.objects.values()))

    def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(self, anonymous: APIClient, user: User) -> None:
        wrong = anonymous.post(LOGIN, {**ADA, "password": "wrong"})
        unknown = anonymous.post(LOGIN, NEW)

        assert wrong.status_code == unknown.status_code == 401
        assert wrong.json() == unknown.json()

    def test_failures_are_limited_and_then_even_the_right_password_waits(
        self, anonymous: APIClient, user: User, settings: Any
    ) -> None:
        settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 3
        wrong = {**ADA, "password": "wrong"}
        codes = [anonymous.post(LOGIN, wrong, headers={"X-Forwarded-For": f"9.9.9.{n}"}).status_code for n in range(5)]
        right = anonymous.post(LOGIN, ADA)

        assert codes == [401, 401, 401, 429, 429]
        assert right.status_code == 429
        assert 290 <= int(right["Retry-After"]) <= 306
        assert anonymous.post(LOGIN, ADA, REMOTE_ADDR="10.0.0.1").status_code == 200

    def test_logins_that_succeed_are_not_limited(self, anonymous: APIClient, user: User, settings: Any) -> None:
        settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 1

        assert {anonymous.post(LOGIN, ADA).status_code for _ in range(3)} == {200}


@pytest.mark.parametrize(
    "header", ["Token", "Token wrong", "Token a b", "Token \udcff\udcfe".encode("utf-8", "surrogateescape")]
)
def test_a_bad_token_is_refused(anonymous: APIClient, db: None, header: Any) -> None:
    value = header.decode("latin-1") if isinstance(header, bytes) else header

    response = anonymous.get("/api/v1/me/", HTTP_AUTHORIZATION=value)

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Token"


def test_an_expired_token_is_refused(anonymous: APIClient, user: User) -> None:
    _, token = DeviceToken.objects.create(user, expiry=timedelta(seconds=-1))

    assert anonymous.get("/api/v1/me/", HTTP_AUTHORIZATION=f"Token {token}").status_code == 401


def test_logout_ends_one_token(user: User, client_of: Any) -> None:
    phone, tablet = client_of(user), client_of(user)

    assert phone.post("/api/v1/auth/logout/").status_code == 204
    assert phone.get("/api/v1/me/").status_code == 401
    assert tablet.get("/api/v1/me/").status_code == 200


def test_logout_all_ends_every_token_of_the_account(user: User, other_user: User, client_of: Any) -> None:
    phone, tablet, stranger = client_of(user), client_of(user), client_of(other_user)

    assert phone.post("/api/v1/auth/logout-all/").status_code == 204
    assert tablet.get("/api/v1/me/").status_code == 401
    assert stranger.get("/api/v1/me/").status_code == 200


def test_a_deleted_account_leaves_no_row_and_no_file(
    api_client: APIClient, serving: object, home: Path, django_capture_on_commit_callbacks: Any
) -> None:
    api_client.post("/api/v1/predictions/", {"image": upload()}, format="multipart", headers={"Idempotency-Key": "k"})

    response = api_client.delete("/api/v1/me/")
    with django_capture_on_commit_callbacks(execute=True):
        account_deletion.delete_requested()

    assert response.status_code == 204
    assert not User.objects.exists()
    assert not Prediction.objects.exists()
    assert not photo_files(home / "media")


@pytest.mark.parametrize("path", ["auth/logout/", "auth/logout-all/"])
def test_signing_out_needs_a_token(anonymous: APIClient, db: None, path: str) -> None:
    assert anonymous.post(f"/api/v1/{path}").status_code == 401


SPACED = {"username": "linus", "password": "  penguins on the ice "}


def test_a_password_with_spaces_at_its_ends_signs_in_as_it_was_registered(anonymous: APIClient, db: None) -> None:
    anonymous.post("/api/v1/auth/register/", SPACED)

    assert anonymous.post("/api/v1/auth/login/", SPACED).status_code == 200


def test_a_name_that_is_taken_in_the_same_moment_is_refused(
    anonymous: APIClient, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: Any, **__: Any) -> None:
        raise IntegrityError("UNIQUE constraint failed: auth_user.username")

    monkeypatch.setattr(User, "save", taken)
    response = anonymous.post("/api/v1/auth/register/", SPACED)

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert (error["code"], error["attr"]) == ("unique", "username")


@pytest.mark.parametrize("scheme", ["Token", "Bearer", "bearer"])
def test_a_token_is_taken_under_either_name(anonymous: APIClient, user: User, scheme: str) -> None:
    token = anonymous.post(LOGIN, {"username": "ada", "password": "correct horse battery"}).json()["token"]

    assert anonymous.get("/api/v1/me/", headers={"Authorization": f"{scheme} {token}"}).status_code == 200


@pytest.mark.parametrize("header", ["Token", "Bearer a b", "Bearer nonsense", "Basic YWRhOng="])
def test_what_is_no_token_is_none(anonymous: APIClient, db: None, header: str) -> None:
    assert anonymous.get("/api/v1/me/", headers={"Authorization": header}).status_code == 401
