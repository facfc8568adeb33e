"""A server with short deadlines; a test module may give it another `application` and other `limits`."""

from collections.abc import Iterator
from typing import Any

import pytest

from classifier.server.limits import Limits
from classifier.server.listeners import Listeners
from classifier.tests.sockets import Application, Connect, connecting, listening

IMPATIENT = Limits(
    max_anonymous_body_bytes=10_000_000,
    header_timeout_s=0.5,
    rate_window_s=0.5,
    min_bytes_per_s=1000,
    idle_timeout_s=1,
    refused_s=4,
    refused_idle_s=1,
)


@pytest.fixture
def application() -> Application:
    return Application(holds=lambda environ: environ["PATH_INFO"] == "/slow")


@pytest.fixture
def limits() -> Limits:
    """Short deadlines; a test or its module may give others."""
    return IMPATIENT


@pytest.fixture
def small_bodies(settings: Any) -> None:
    """At most 2,000 bytes in a request."""
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000


@pytest.fixture
def running(application: Application, limits: Limits) -> Iterator[Listeners]:
    with listening(application, limits=limits) as listeners:
        yield listeners


@pytest.fixture
def connect(running: Listeners) -> Iterator[Connect]:
    with connecting(running) as connect:
        yield connect
