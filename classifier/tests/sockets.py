"""A real server on a free port, connections to it that are closed in the end, and what it answers on them."""

import json
import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from classifier.server.limits import Limits
from classifier.server.listeners import Listeners, listen

Connect = Callable[[], socket.socket]


class Application:
    """Answers with what it received, but keeps the requests that it `holds` until it is let go."""

    def __init__(self, *, holds: Callable[[dict[str, Any]], bool]) -> None:
        self._holds, self._release = holds, threading.Semaphore(0)
        self.begun: list[str] = []
        self.is_begun = threading.Semaphore(0)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if self._holds(environ):
            self.begun.append(environ["PATH_INFO"])
            self.is_begun.release()
            self._release.acquire(timeout=10)
        body = b"ok" + environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    def wait_until_begun(self) -> None:
        """Until it holds one request more."""
        assert self.is_begun.acquire(timeout=8)

    def let_go(self, count: int = 100) -> None:
        self._release.release(count)


@dataclass(frozen=True, slots=True)
class Answer:
    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        return int(self.head.split()[1])


@contextmanager
def listening(application: Application, *, limits: Limits = Limits()) -> Iterator[Listeners]:
    """Serves the application, whose requests all end in the end."""
    listeners = listen(application, host="127.0.0.1", port=0, behind_proxy=False, limits=limits)
    thread = threading.Thread(target=listeners.run)
    thread.start()
    yield listeners
    application.let_go()
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


def is_cut(connection: socket.socket, *, within_s: float) -> bool:
    """Whether the server closes a connection by then, on which it has nothing to say; returns as soon as it does."""
    return bool(select.select([connection], [], [], within_s)[0])
