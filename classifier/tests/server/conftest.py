"""A server that answers with what it received; a test module may give it another `application`, with a `let_go`."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from classifier.server.listeners import Listeners
from classifier.tests.sockets import Connect, connecting, listening


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
def impatient(settings: Any) -> None:
    """Small limits and short deadlines."""
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 1000
    settings.CLASSIFIER_MULTIPART_OVERHEAD_BYTES = 1000
    settings.CLASSIFIER_HEADER_TIMEOUT_S = 0.5
    settings.CLASSIFIER_BODY_GRACE_S = 0.5
    settings.CLASSIFIER_MIN_BODY_BYTES_PER_S = 1000
    settings.CLASSIFIER_IDLE_TIMEOUT_S = 1


@pytest.fixture
def running(application: Any) -> Iterator[Listeners]:
    with listening(application, release=application.let_go) as listeners:
        yield listeners


@pytest.fixture
def connect(running: Listeners) -> Iterator[Connect]:
    with connecting(running) as connect:
        yield connect
