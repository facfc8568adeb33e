"""A large body is taken from accounts alone, and asking who sends it keeps nobody else waiting."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.server import identity
from classifier.server.identity import Credentials
from classifier.server.limits import Limits
from classifier.tests.rows import token_header
from classifier.tests.server.conftest import IMPATIENT
from classifier.tests.sockets import Connect, answer, assert_refused, is_cut

LARGE = 100_000
POST = b"POST /api/v1/predictions/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def limits() -> Limits:
    return replace(IMPATIENT, max_anonymous_body_bytes=1000, rate_window_s=8, idle_timeout_s=8)


@pytest.fixture
def authorization(user: User) -> bytes:
    return f"Authorization: {token_header(user)['Authorization']}\r\n".encode()


def test_a_stranger_is_refused_before_the_body(connect: Connect) -> None:
    connection = connect()
    connection.sendall(POST + b"\r\nthe beginning")

    refused = assert_refused(connection, 401, "not_authenticated")

    assert b"www-authenticate: token" in refused.head.lower()
    assert b"Connection: close" in refused.head


@pytest.mark.parametrize("claim", [b"Authorization: Token none", b"Cookie: sessionid=" + b"x" * 32])
def test_so_is_who_claims_to_be_somebody(connect: Connect, claim: bytes) -> None:
    connection = connect()
    connection.sendall(POST + claim + b"\r\n\r\nthe beginning")

    assert_refused(connection, 401, "authentication_failed")


def test_one_who_asks_first_is_not_told_to_go_on(connect: Connect) -> None:
    connection = connect()
    connection.sendall(POST + b"Authorization: Token none\r\nExpect: 100-continue\r\n\r\n")

    assert_refused(connection, 401, "authentication_failed")


def test_a_stranger_who_does_not_say_how_much_comes_is_refused_when_it_is_too_much(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST /api/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(2):
        connection.sendall(b"258\r\n" + b"x" * 600 + b"\r\n")

    assert_refused(connection, 401, "not_authenticated")


def test_a_stranger_on_a_page_is_led_to_the_form(connect: Connect) -> None:
    connection = connect()
    connection.sendall(POST.replace(b"/api/v1/predictions/", b"/") + b"Accept: text/html\r\n\r\n")

    refused = answer(connection)

    assert refused.status == 302
    assert b"Location: /sign-in/" in refused.head


@pytest.mark.parametrize("sent_at_once", [0, 10, 50_000, LARGE])
def test_an_account_sends_what_it_wants(connect: Connect, authorization: bytes, sent_at_once: int) -> None:
    body = bytes(range(250)) * (LARGE // 250)
    for _ in range(2):  # asked for, then remembered
        connection = connect()
        connection.sendall(POST + authorization + b"\r\n" + body[:sent_at_once])
        connection.sendall(body[sent_at_once:])

        assert answer(connection).body == b"ok" + body


def test_so_does_a_browser_that_is_signed_in(connect: Connect, user: User, client: Client) -> None:
    client.force_login(user)
    connection = connect()
    connection.sendall(POST + f"Cookie: sessionid={client.session.session_key}\r\n\r\n".encode() + bytes(LARGE))

    assert answer(connection).status == 200


def test_an_account_that_asks_first_is_told_to_go_on(connect: Connect, authorization: bytes) -> None:
    connection = connect()
    connection.sendall(POST + authorization + b"Expect: 100-continue\r\n\r\n")

    assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    connection.sendall(bytes(LARGE))
    assert answer(connection).status == 200


def test_requests_that_follow_each_other_are_answered_in_order(connect: Connect, authorization: bytes) -> None:
    connection = connect()
    small = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
    connection.sendall(small + b"\r\nfirst" + small + authorization + b"\r\nafter" + small + b"\r\nthird")

    assert [answer_of_seven(connection) for _ in range(3)] == [b"okfirst", b"okafter", b"okthird"]


def answer_of_seven(connection: object) -> bytes:
    """One answer and no byte of the next."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(1)  # type: ignore[attr-defined]
    while len(received.partition(b"\r\n\r\n")[2]) < 7:
        received += connection.recv(1)  # type: ignore[attr-defined]
    return received[-7:]


class HungDatabase:
    def __init__(self) -> None:
        self.is_over = threading.Event()

    def account_of(self, _: Credentials) -> int | None:
        self.is_over.wait(30)
        return 5


@pytest.fixture
def hung_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[HungDatabase]:
    hung = HungDatabase()
    monkeypatch.setattr(identity, "account_of", hung.account_of)
    yield hung
    hung.is_over.set()


@pytest.mark.parametrize("limits", [replace(IMPATIENT, max_anonymous_body_bytes=1000, identify_timeout_s=0.5)])
def test_a_database_that_hangs_stops_nobody(hung_database: HungDatabase, connect: Connect) -> None:
    asking = [connect() for _ in range(4)]
    for connection in asking:
        connection.sendall(POST + b"Authorization: Token x\r\n\r\n" + bytes(LARGE))
    other = connect()
    other.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(other).status == 200
    assert not is_cut(asking[0], within_s=0)
    assert [answer(connection).status for connection in asking] == [200] * 4


@pytest.mark.parametrize("limits", [replace(IMPATIENT, max_anonymous_body_bytes=1000)])
def test_one_who_leaves_while_the_database_is_asked_is_forgotten(hung_database: HungDatabase, connect: Connect) -> None:
    gone = connect()
    gone.sendall(POST + b"Authorization: Token x\r\n\r\n")
    gone.close()
    hung_database.is_over.set()
    other = connect()
    other.sendall(POST + b"Authorization: Token x\r\n\r\n" + bytes(LARGE))

    assert answer(other).status == 200
