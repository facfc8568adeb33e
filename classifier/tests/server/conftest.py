"""A server that answers with what it received; a test module may give it another `application`, with a `let_go`."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from classifier.server.limits import Limits
from classifier.server.listeners import Listeners
from classifier.tests.sockets import Connect, connecting, listening

IMPATIENT = Limits(header_timeout_s=0.5, body_grace_s=0.5, min_body_bytes_per_s=1000, idle_timeout_s=1)


class Echo:
    """Answers with what it received; `/slow` waits for `let_go`."""

    def __init__(self) -> None:
        self.entered, self.released = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.entered.set()
            self.released.wait(10)
        if environ["PATH_INFO"] == "/large":
            start_response("200 OK", [("Content-Length", "20000000")])
            return [bytes(20_000_000)]
        body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", str(len(body) + 2))])
        return [b"ok", body]

    def let_go(self) -> None:
        self.released.set()


@pytest.fixture
def application() -> Echo:
    return Echo()


@pytest.fixture
def limits() -> Limits:
    """Short deadlines; a test or its module may give others."""
    return IMPATIENT


@pytest.fixture
def small_bodies(settings: Any) -> None:
    """At most 2,000 bytes in a request."""
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000


@pytest.fixture
def running(application: Any, limits: Limits) -> Iterator[Listeners]:
    with listening(application, release=application.let_go, limits=limits) as listeners:
        yield listeners


@pytest.fixture
def connect(running: Listeners) -> Iterator[Connect]:
    with connecting(running) as connect:
        yield connect
