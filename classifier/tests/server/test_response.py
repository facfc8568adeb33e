"""Answers on their way out: without a body where none is wanted, and without a thread that waits for a slow reader."""

import io
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from classifier.server.limits import Limits
from classifier.server.listeners import Listeners
from classifier.tests.sockets import Application, Connect, answer

LARGE_BYTES = 40_000_000
"""More than sockets and waitress keep in memory."""


class Files(Application):
    """Answers /large with a file, everything else at once."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] != "/large":
            return super().__call__(environ, start_response)
        start_response("200 OK", [("Content-Length", str(LARGE_BYTES))])
        return environ["wsgi.file_wrapper"](io.BytesIO(bytes(LARGE_BYTES)))


@pytest.fixture
def application() -> Files:
    return Files(holds=lambda _: False)


@pytest.mark.parametrize("path", ["/", "/large"])
def test_an_answer_to_head_is_headers_alone(connect: Connect, path: str) -> None:
    connection = connect()
    connection.sendall(f"HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    received = b""
    while not received.endswith(b"ok"):
        received += connection.recv(65536) or pytest.fail("cut")

    assert received.count(b"HTTP/1.1 200 OK") == 2
    head = received.partition(b"\r\n\r\n")[0]
    assert (b"Content-Length: 40000000" in head) == (path == "/large")
    assert len(received) < 1000


class Stream:
    """What makes its bytes as they are sent."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", [])
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield b"first"
        yield b"second"

    def close(self) -> None:
        self.closed.set()


class Streams(Files):
    def __init__(self) -> None:
        super().__init__(holds=lambda _: False)
        self.stream = Stream()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self.stream(environ, start_response)


@pytest.mark.parametrize("application", [Streams()])
def test_head_of_a_stream_has_not_even_its_end_and_closes_it(connect: Connect, application: Streams) -> None:
    answered = all_answered(connect(), b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert answered.startswith(b"HTTP/1.1 200 OK")
    assert answered.endswith(b"\r\n\r\n")
    assert answered.count(b"\r\n\r\n") == 1
    assert application.stream.closed.is_set()


def test_a_refusal_of_head_is_headers_alone(connect: Connect) -> None:
    answered = all_answered(connect(), b"HEAD / HTTP/9.9\r\nHost: x\r\n\r\n")

    assert answered.startswith(b"HTTP/1.0 505")
    assert answered.endswith(b"\r\n\r\n")


def all_answered(connection: socket.socket, request: bytes) -> bytes:
    """What comes until the server closes."""
    connection.sendall(request)
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return received


@pytest.mark.parametrize("limits", [Limits(spare_threads=2)])
def test_slow_readers_of_files_who_ask_for_more_hold_no_thread(running: Listeners, connect: Connect) -> None:
    slow = [connect() for _ in range(6)]
    for connection in slow:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 OK")

    other = connect()
    other.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(other).body == b"ok"


@pytest.mark.parametrize("limits", [Limits()])
def test_a_request_sent_behind_a_large_answer_is_answered_after_it(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert len(answer(connection).body) >= LARGE_BYTES
