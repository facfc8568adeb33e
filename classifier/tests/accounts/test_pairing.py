"""A phone signs in by a code that somebody shows who is signed in."""

import base64
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.db import connections
from rest_framework.test import APIClient

from classifier.accounts import deletion, pairing, sign_in_limits
from classifier.models import DeviceToken, PairingCode
from classifier.tests.work import measured

SHOW, PAIR, LOGIN = "/api/v1/auth/pairing/", "/api/v1/auth/pair/", "/api/v1/auth/login/"


def shown(client: APIClient) -> str:
    return str(client.post(SHOW).json()["code"])


def pair(client: APIClient, code: str, *, address: str = "127.0.0.1", name: str = "red phone") -> Any:
    return client.post(PAIR, {"code": code, "device_name": name}, REMOTE_ADDR=address)


def test_a_code_signs_a_phone_in(api_client: APIClient, anonymous: APIClient, user: User) -> None:
    answer = pair(anonymous, shown(api_client))

    assert answer.status_code == 200
    assert set(answer.json()) == {"token", "expires_at", "user"}
    anonymous.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    assert anonymous.get("/api/v1/me/").json()["username"] == "ada"
    assert DeviceToken.objects.get(device_name="red phone").user == user


def test_the_answer_has_an_address_for_a_qr_code_with_the_code_in_its_fragment(api_client: APIClient) -> None:
    answer = api_client.post(SHOW)

    body = answer.json()
    url = urlsplit(body["url"])
    assert answer.status_code == 201
    assert set(body) == {"code", "expires_at", "url"}
    assert re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){2}", body["code"])
    assert (url.scheme, url.netloc, url.path, url.query) == ("http", "testserver", "/pair/", "")
    assert parse_qs(url.fragment) == {"code": [body["code"]]}


def test_it_tells_the_fingerprint_of_a_certificate_of_the_servers_own(
    api_client: APIClient, settings: Any, tmp_path: Path
) -> None:
    pem = tmp_path / "server.pem"
    pem.write_text(f"-----BEGIN CERTIFICATE-----\n{base64.b64encode(b'x').decode()}\n-----END CERTIFICATE-----\n")
    settings.CLASSIFIER_TLS_CERTIFICATE = str(pem)

    encrypted, plain = api_client.post(SHOW, secure=True).json(), api_client.post(SHOW).json()

    assert parse_qs(urlsplit(encrypted["url"]).fragment)["fingerprint"] == [encrypted["fingerprint"]]
    assert len(encrypted["fingerprint"].split(":")) == 32
    assert "fingerprint" not in plain


def test_nobody_shows_a_code_who_is_not_signed_in(anonymous: APIClient) -> None:
    assert anonymous.post(SHOW).status_code == 401


def test_a_code_is_read_as_people_type_it(api_client: APIClient, anonymous: APIClient) -> None:
    code = shown(api_client)
    typed = code.lower().replace("-", " ").replace("o", "0").replace("i", "1")

    assert pair(anonymous, f" {typed} ").status_code == 200


def test_a_code_is_good_once(api_client: APIClient, anonymous: APIClient) -> None:
    code = shown(api_client)
    pair(anonymous, code)

    answer = pair(anonymous, code)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "wrong_code"


@pytest.mark.django_db(transaction=True)
def test_of_several_phones_at_once_one_is_signed_in(api_client: APIClient) -> None:
    code = shown(api_client)

    def try_it(_: int) -> int:
        try:
            return int(pair(APIClient(), code).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(try_it, range(6)))

    assert sorted(answers) == [200] + [400] * 5
    assert DeviceToken.objects.filter(device_name="red phone").count() == 1


def test_a_code_expires(api_client: APIClient, anonymous: APIClient) -> None:
    code = shown(api_client)
    row = PairingCode.objects.get()
    row.created_at -= pairing.GOOD_FOR + timedelta(seconds=1)
    row.save()

    assert pair(anonymous, code).status_code == 400


def test_an_account_has_one_open_code(api_client: APIClient, anonymous: APIClient) -> None:
    first, second = shown(api_client), shown(api_client)

    assert pair(anonymous, first).status_code == 400
    assert pair(anonymous, second).status_code == 200
    assert pair(anonymous, shown(api_client)).status_code == 200


def test_the_code_is_not_in_the_database(api_client: APIClient) -> None:
    code = shown(api_client)

    stored = serializers.serialize("json", PairingCode.objects.all()).upper()
    assert code not in stored
    assert code.replace("-", "") not in stored


@pytest.mark.parametrize("path", ["/api/v1/auth/logout-all/", "a device", "deletion"])
def test_who_is_signed_out_has_no_open_code(
    path: str, api_client: APIClient, anonymous: APIClient, user: User, client_of: Any
) -> None:
    code = shown(api_client)
    if path == "deletion":
        deletion.request_deletion(user)
    elif path == "a device":
        shower = DeviceToken.objects.get()
        client_of(user).delete(f"/api/v1/auth/tokens/{shower.id}/")
    else:
        api_client.post(path)

    assert pair(anonymous, code).status_code == 400


def test_a_closed_account_is_not_paired_with(api_client: APIClient, anonymous: APIClient, user: User) -> None:
    code = shown(api_client)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert pair(anonymous, code).status_code == 400


def test_wrong_codes_come_to_an_end_for_an_address_and_for_no_other(
    api_client: APIClient, anonymous: APIClient, settings: Any
) -> None:
    settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 3
    code = shown(api_client)
    tries = [pair(anonymous, "AAAA-AAAA-AAAA", address="10.0.0.1") for _ in range(4)]

    assert [answer.status_code for answer in tries] == [400] * 3 + [429]
    assert int(tries[-1]["Retry-After"]) > 0
    assert pair(anonymous, code, address="10.0.0.1").status_code == 429
    assert pair(anonymous, code, address="10.0.0.2").status_code == 200


def test_wrong_codes_count_as_wrong_passwords_of_the_address(anonymous: APIClient, user: User, settings: Any) -> None:
    settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 1
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sign_in_limits, "WIDE", 1)
        pair(anonymous, "AAAA-AAAA-AAAA", address="10.0.0.1")

        answer = anonymous.post(LOGIN, {"username": "eve", "password": "a guess"}, REMOTE_ADDR="10.0.0.1")

    assert answer.status_code == 429


def test_a_code_that_was_used_is_as_much_work_as_one_that_never_was(
    api_client: APIClient, anonymous: APIClient
) -> None:
    code = shown(api_client)
    pair(anonymous, code)
    pair(anonymous, "AAAA-AAAA-AAAA")
    with measured() as of_used:
        pair(anonymous, code)
    with measured() as of_wrong:
        pair(anonymous, "BBBB-BBBB-BBBB")

    assert of_used == of_wrong


@pytest.mark.parametrize("sent", [{}, {"code": ""}, {"code": "A" * 41}, {"code": "\0"}, {"code": "é" * 12}])
def test_what_is_no_code_is_a_plain_error(sent: dict[str, str], anonymous: APIClient, user: User) -> None:
    answer = anonymous.post(PAIR, sent)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "code"
