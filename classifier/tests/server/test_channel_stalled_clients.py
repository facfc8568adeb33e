"""Clients that send or read too slowly are cut, and keep nobody waiting."""

import contextlib
import socket
import threading
import time
from dataclasses import replace

import pytest

from classifier.server.listeners import Listeners
from classifier.tests.server.conftest import IMPATIENT, Echo
from classifier.tests.sockets import Connect, answer


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
    started = time.monotonic()

    with pytest.raises(OSError):  # noqa: PT011  # reset or broken pipe, as it comes
        drip(connection, for_s=8)

    assert time.monotonic() - started < 6


@pytest.mark.parametrize("limits", [replace(IMPATIENT, min_body_bytes_per_s=10_000_000)])
def test_a_client_that_reads_its_answer_in_drips_is_cut(running: Listeners, application: Echo) -> None:
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", running.port))
        connection.settimeout(8)
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        received = read_in_drips(connection, for_s=3) + read_all(connection)

    assert received < 20_000_000


def test_many_stalled_connections_keep_nobody_waiting(connect: Connect) -> None:
    for _ in range(200):
        connect().sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nhalf")
    connection = connect()
    connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(connection).body == b"ok"


def test_a_slow_answer_is_not_a_stalled_client(connect: Connect, application: Echo) -> None:
    connection = connect()
    connection.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    application.entered.wait(5)
    threading.Event().wait(2.5)  # longer than every deadline
    application.let_go()

    assert answer(connection).body == b"ok"


def drip(connection: socket.socket, *, for_s: float) -> None:
    until = time.monotonic() + for_s
    while time.monotonic() < until:
        connection.sendall(b"x")
        threading.Event().wait(0.1)


def read_in_drips(connection: socket.socket, *, for_s: float) -> int:
    """How many bytes came."""
    received, until = 0, time.monotonic() + for_s
    while time.monotonic() < until:
        received += len(connection.recv(512))
        threading.Event().wait(0.1)
    return received


def read_all(connection: socket.socket) -> int:
    """How many bytes came until the server closed."""
    received = 0
    with contextlib.suppress(ConnectionError):
        while chunk := connection.recv(1_000_000):
            received += len(chunk)
    return received
