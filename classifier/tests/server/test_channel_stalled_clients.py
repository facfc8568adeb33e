"""Clients that send or read too slowly are cut, and keep nobody waiting."""

import contextlib
import socket
import time
from dataclasses import replace
from typing import Any

import pytest

from classifier.server.listeners import Listeners
from classifier.tests.server.conftest import IMPATIENT
from classifier.tests.sockets import Application, Connect, answer, is_cut
from classifier.tests.waiting import wait_until

LARGE_BYTES = 20_000_000


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nhalf"],
    ids=["silent", "half a header", "half a body"],
)
def test_a_stalled_connection_is_cut(connect: Connect, sent: bytes) -> None:
    connection = connect()
    connection.sendall(sent)

    assert connection.recv(1000) == b""


@pytest.mark.parametrize(
    "head", [b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n"]
)
def test_a_dripping_connection_is_cut(connect: Connect, head: bytes) -> None:
    connection = connect()
    connection.sendall(head)
    deadline = time.monotonic() + 6

    while not is_cut(connection, within_s=0.1):
        assert time.monotonic() < deadline, "it drips on"
        connection.sendall(b"x")


def test_a_fast_beginning_buys_no_silence(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n" + bytes(4_999_999))

    assert connection.recv(1000) == b""


TOO_LARGE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n"


@pytest.mark.parametrize("limits", [replace(IMPATIENT, refused_s=60, refused_idle_s=2)])
def test_who_is_refused_may_send_on_as_long_as_something_comes(connect: Connect) -> None:
    connection = connect()
    connection.sendall(TOO_LARGE)

    send_after([0.2] * 18, connection)  # which would fail soon after the server had closed

    assert answer(connection).status == 413


@pytest.mark.parametrize("pauses_s", [[0.2] * 45, [4, 0.2, 0.2]], ids=["sends for ever", "is silent"])
def test_who_is_refused_is_cut_in_the_end(connect: Connect, pauses_s: list[float]) -> None:
    connection = connect()
    connection.sendall(TOO_LARGE)
    answer(connection)

    with pytest.raises(OSError, match=r"reset|pipe"):
        send_after(pauses_s, connection)


class LargeAnswers(Application):
    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(LARGE_BYTES))])
        return [bytes(LARGE_BYTES)]


@pytest.mark.parametrize("application", [LargeAnswers(holds=lambda _: False)])
@pytest.mark.parametrize(
    "limits", [replace(IMPATIENT, min_bytes_per_s=10_000_000, header_timeout_s=2.5, idle_timeout_s=30)]
)
def test_a_client_that_reads_its_answer_in_drips_is_cut(running: Listeners, connect: Connect) -> None:
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", running.port))
        connection.settimeout(8)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        half, received = connect(), 0
        half.sendall(b"GET / HT")

        while not is_cut(half, within_s=0.1):  # which is later than the slow reader
            received += len(connection.recv(512))
        received += read_all(connection)

    assert received < LARGE_BYTES


def test_many_stalled_connections_keep_nobody_waiting(connect: Connect) -> None:
    for _ in range(200):
        connect().sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nhalf")
    connection = connect()
    connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(connection).body == b"ok"


def test_a_slow_answer_is_not_a_stalled_client(connect: Connect, application: Application) -> None:
    waiting = connect()
    waiting.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    application.wait_until_begun()
    silent, half = connect(), connect()
    half.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nhalf")

    assert is_cut(silent, within_s=8)
    assert is_cut(half, within_s=8)
    application.let_go()

    assert answer(waiting).body == b"ok"


def read_all(connection: socket.socket) -> int:
    """How many bytes came until the server closed."""
    received = 0
    with contextlib.suppress(ConnectionError):
        while chunk := connection.recv(1_000_000):
            received += len(chunk)
    return received


def send_after(pauses_s: list[float], connection: socket.socket) -> None:
    """Sends a little after each pause."""
    for pause_s in pauses_s:
        due = time.monotonic() + pause_s
        wait_until(lambda due=due: time.monotonic() >= due)  # type: ignore[misc]
        connection.sendall(b"x" * 1000)
