"""Dialects over the real server: their photos wait in the photos' line, its refusals are in their words."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from typing import Any

import pytest

from classifier.server.limits import Limits
from classifier.server.listeners import Listeners
from classifier.tests.sockets import Application, listening

INFER = "/compat/v2/models/colours/infer"

Connected = Callable[[], HTTPConnection]


@pytest.fixture
def application() -> Application:
    return Application(holds=lambda environ: environ["REQUEST_METHOD"] == "POST")


@pytest.fixture
def server(settings: Any, application: Application) -> Iterator[Listeners]:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = settings.CLASSIFIER_MAX_WAITING_PHOTOS = 1
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    limits = Limits(spare_threads=1)
    with listening(application, limits=limits) as listeners:
        yield listeners


@pytest.fixture
def connected(server: Listeners) -> Iterator[Connected]:
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(HTTPConnection("127.0.0.1", server.port, timeout=8)))


def test_photos_of_dialects_keep_nothing_else_waiting(connected: Connected, application: Application) -> None:
    photos, page = [connected(), connected()], connected()
    for photo in photos:
        photo.request("POST", INFER, b"{}", {"Content-Type": "application/json"})
    application.wait_until_begun()  # the other waits in the queue

    page.request("GET", "/api/v1/predictions/")

    assert page.getresponse().status == 200


def test_what_the_server_refuses_is_told_in_their_words(connected: Connected) -> None:
    client = connected()
    client.request("POST", INFER, bytes(3000))

    answer = client.getresponse()

    assert answer.status == 413
    assert list(json.load(answer)) == ["error"]
