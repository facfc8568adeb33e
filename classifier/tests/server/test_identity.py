"""Who sends a request is known before its body comes, and finding that out keeps nobody else waiting."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from classifier.models import DeviceToken
from classifier.server.identity import Credentials, Identities, Sender, account_of, credentials_of
from classifier.tests.rows import token_header

STRANGER = Sender("192.0.2.1")


@pytest.fixture
def token(user: User) -> str:
    return token_header(user)["Authorization"].removeprefix("Token ")


def test_a_token_tells_its_account(user: User, token: str) -> None:
    assert account_of(Credentials(token=token)) == user.pk


@pytest.mark.parametrize("wrong", ["", "x" * 64, "\xff\xfe", "\0"])
def test_what_is_no_token_tells_none(user: User, token: str, wrong: str) -> None:
    assert account_of(Credentials(token=token[:8] + wrong)) is None


def test_a_token_that_expired_tells_none(user: User, token: str) -> None:
    DeviceToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))

    assert account_of(Credentials(token=token)) is None


def test_a_token_of_a_closed_account_tells_none(user: User, token: str) -> None:
    User.objects.update(is_active=False)

    assert account_of(Credentials(token=token)) is None


def test_a_session_tells_its_account(user: User, client: Client) -> None:
    client.force_login(user)
    key = str(client.session.session_key)

    assert account_of(credentials_of({"COOKIE": f"theme=dark; sessionid={key}"})) == user.pk
    assert account_of(Credentials(session_key="x" * 32)) is None


@pytest.mark.parametrize("headers", [{}, {"AUTHORIZATION": "Token"}, {"COOKIE": "theme=dark"}])
def test_headers_without_credentials_claim_nothing(headers: dict[str, str]) -> None:
    assert not credentials_of(headers)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.1", "address 192.0.2.1"),
        ("192.0.2.1:4711", "address 192.0.2.1"),
        ("::ffff:192.0.2.1", "address 192.0.2.1"),
        ("2001:db8:0:1::7", "address 2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff::9", "address 2001:db8:0:1::/64"),
        ("[2001:db8:0:1::7]:4711", "address 2001:db8:0:1::/64"),
        ("fe80::1%eth0", "address fe80::/64"),
        ("unknown", "address unknown"),
    ],
)
def test_strangers_are_told_apart_by_their_network(address: str, key: str) -> None:
    assert Sender(address).key == key


def test_an_account_is_one_sender_wherever_it_is() -> None:
    assert Sender("192.0.2.1", account=5).key == Sender("192.0.2.2", account=5).key != Sender("192.0.2.1").key


class Asked:
    """Answers to questions, waited for one by one."""

    def __init__(self, look_up: Any) -> None:
        self.questions: list[Credentials] = []
        self._look_up = look_up
        self._answered = threading.Semaphore(0)
        self._answers: list[Sender] = []
        self.identities = Identities(self.look_up)

    def look_up(self, credentials: Credentials) -> int | None:
        self.questions.append(credentials)
        account: int | None = self._look_up(credentials)
        return account

    def sender_of(self, credentials: Credentials) -> Sender:
        self.identities.ask(STRANGER, credentials, self._note)
        assert self._answered.acquire(timeout=5)
        return self._answers.pop()

    def _note(self, sender: Sender) -> None:
        self._answers.append(sender)
        self._answered.release()


@pytest.fixture
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    asked = Asked(request.param)
    yield asked
    asked.identities.close()


@pytest.mark.parametrize("asked", [lambda _: 5], indirect=True)
def test_an_answer_is_remembered(asked: Asked) -> None:
    ada = Credentials(token="ada")
    assert asked.identities.remembered(STRANGER, ada) is None

    assert asked.sender_of(ada) == asked.sender_of(ada) == Sender(STRANGER.address, account=5)
    assert asked.identities.remembered(STRANGER, ada) == Sender(STRANGER.address, account=5)
    assert asked.questions == [ada]


def fail(_: Credentials) -> None:
    raise RuntimeError("no database")


@pytest.mark.parametrize("asked", [fail], indirect=True)
def test_what_cannot_be_looked_up_is_not_remembered(asked: Asked) -> None:
    ada = Credentials(token="ada")

    assert not asked.sender_of(ada).is_checked
    assert not asked.sender_of(ada).is_checked
    assert len(asked.questions) == 2


def test_nobody_claims_nothing() -> None:
    assert Identities().remembered(STRANGER, Credentials()) == STRANGER
