"""A real server on a free port, connections to it that are closed in the end, and what it answers on them."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from classifier.server.limits import Limits
from classifier.server.listeners import Listeners, listen

Connect = Callable[[], socket.socket]


@dataclass(frozen=True, slots=True)
class Answer:
    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        return int(self.head.split()[1])


@contextmanager
def listening(
    application: Callable[..., Any], *, release: Callable[[], object], limits: Limits = Limits()
) -> Iterator[Listeners]:
    """Serves the application; `release` ends the requests that it keeps waiting."""
    listeners = listen(application, host="127.0.0.1", port=0, behind_proxy=False, limits=limits)
    thread = threading.Thread(target=listeners.run)
    thread.start()
    yield listeners
    release()
    listeners.drain()
    thread.join(15)
    assert not thread.is_alive()


@contextmanager
def connecting(listeners: Listeners) -> Iterator[Connect]:
    """What opens a connection at each call."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(socket.create_connection(("127.0.0.1", listeners.port), timeout=8))


def answer(connection: socket.socket) -> Answer:
    """The next answer, whole."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536) or pytest.fail("cut")
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536) or pytest.fail("cut")
    return Answer(head, body)


def assert_refused(connection: socket.socket, status: int, code: str) -> Answer:
    refused = answer(connection)
    assert refused.status == status
    assert json.loads(refused.body)["errors"][0]["code"] == code
    return refused


def wait_until(is_true: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not is_true():
        assert time.monotonic() < until, "it never came"
        threading.Event().wait(0.02)
