"""Photos wait in a queue of their own, over real sockets."""

import os
import socket
import sys
import threading
from typing import Any

import pytest

from classifier.accounts.hashing import HashingPool
from classifier.predictions.admission import gate
from classifier.server.limits import Limits
from classifier.server.listeners import Listeners
from classifier.server.refusal import Refusal
from classifier.tests.sockets import Application, Connect, answer, assert_refused
from classifier.tests.waiting import wait_until

PHOTO = b"POST /api/v1/predictions/ HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
TINY = PHOTO + b"Content-Length: 2\r\n\r\nok"


class Measured(Application):
    """Notes the priority of the threads that it runs on."""

    def __init__(self) -> None:
        super().__init__(holds=lambda environ: environ["REQUEST_METHOD"] == "POST")
        self.niceness: dict[str, int] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.niceness[environ["REQUEST_METHOD"]] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        return super().__call__(environ, start_response)


@pytest.fixture(autouse=True)
def one_in_progress_and_one_queued(settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = 1
    settings.CLASSIFIER_MAX_WAITING_PHOTOS = 2  # one of them is read and checked meanwhile
    settings.CLASSIFIER_QUEUE_TIMEOUT_S = 30


@pytest.fixture
def limits() -> Limits:
    return Limits(spare_threads=1, max_anonymous_body_bytes=10_000_000)


@pytest.fixture
def application() -> Measured:
    return Measured()


@pytest.fixture
def full(connect: Connect, application: Measured) -> list[socket.socket]:
    """Two photos in progress, one queued."""
    photos = [connect() for _ in range(3)]
    for photo in photos[:2]:
        photo.sendall(TINY)
        application.wait_until_begun()
    photos[2].sendall(TINY)
    wait_until(lambda: gate.queued == 1)
    return photos


def test_a_photo_too_many_is_refused_at_once_and_told_when_to_come_again(
    full: list[socket.socket], connect: Connect
) -> None:
    connection = connect()
    connection.sendall(TINY)

    refused = assert_refused(connection, 503, "busy")

    assert b"Retry-After: 2" in refused.head


def test_a_photo_too_many_is_refused_before_it_is_sent(full: list[socket.socket], connect: Connect) -> None:
    connection = connect()
    connection.sendall(PHOTO + b"Content-Length: 1000000\r\n\r\nthe beginning")

    refused = assert_refused(connection, 503, "busy")

    assert b"Connection: close" in refused.head


def test_the_connection_of_a_refused_photo_can_be_used_again(full: list[socket.socket], connect: Connect) -> None:
    connection = connect()
    connection.sendall(TINY)
    answer(connection)
    connection.sendall(b"GET /api/v1/predictions/ HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(connection).status == 200


def test_a_browser_that_shows_what_it_gets_is_refused_with_a_page(full: list[socket.socket], connect: Connect) -> None:
    connection = connect()
    connection.sendall(TINY.replace(b"/api/v1/predictions/", b"/").replace(b"Host", b"Accept: text/html\r\nHost"))

    refused = answer(connection)

    assert refused.status == 503
    assert b"Content-Type: text/html" in refused.head
    assert b"busy" in refused.body


def test_everything_else_is_answered_while_photos_wait(full: list[socket.socket], connect: Connect) -> None:
    for path in (b"/livez", b"/api/v1/predictions/", b"/admin/"):
        connection = connect()
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")

        assert answer(connection).status == 200


@pytest.mark.parametrize("path", [b"/api/v1/predictions/1/why/", b"/predictions/1/why/", b"/admin/1/why/?wnid=n1"])
def test_a_stored_photo_that_is_looked_at_again_waits_with_the_photos(
    full: list[socket.socket], connect: Connect, path: bytes
) -> None:
    connection = connect()
    connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")

    assert_refused(connection, 503, "busy")


def test_a_photo_that_another_model_looks_at_waits_with_the_photos(full: list[socket.socket], connect: Connect) -> None:
    asked, shown = connect(), connect()
    asked.sendall(b"POST /predictions/1/compare/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
    shown.sendall(b"GET /predictions/1/compare/ HTTP/1.1\r\nHost: x\r\n\r\n")

    assert_refused(asked, 503, "busy")
    assert answer(shown).status == 200


def test_health_is_answered_while_everything_else_waits(connect: Connect, application: Measured) -> None:
    connect().sendall(b"POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
    application.wait_until_begun()
    connection = connect()
    connection.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(connection).status == 200


def test_a_refusal_needs_no_thread(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []
    execute = Refusal.execute

    def note(refusal: Refusal) -> None:
        threads.append(threading.current_thread().name)
        execute(refusal)

    monkeypatch.setattr(Refusal, "execute", note)
    for _ in range(3):
        connection = connect()
        connection.sendall(b"nonsense\r\n\r\n")
        assert_refused(connection, 400, "bad_request")

    assert len(set(threads)) == 1
    assert not threads[0].startswith("waitress")


def test_the_admin_does_not_wait_in_the_queue_of_photos(full: list[socket.socket], connect: Connect) -> None:
    connection = connect()
    connection.sendall(TINY.replace(b"POST /api/v1/predictions/", b"PUT /admin/"))

    assert answer(connection).status == 200


def test_a_photo_that_waited_too_long_is_sent_away(full: list[socket.socket], settings: Any) -> None:
    settings.CLASSIFIER_QUEUE_TIMEOUT_S = 0

    assert answer(full[2]).status == 503


def test_a_photo_whose_sender_is_gone_is_never_begun(full: list[socket.socket], application: Measured) -> None:
    full[2].close()
    wait_until(lambda: gate.queued == 0)
    application.let_go(2)
    answer(full[0])
    answer(full[1])

    assert len(application.begun) == 2


def test_a_thread_that_is_stuck_is_replaced(
    full: list[socket.socket], application: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(gate), "stuck", 1)

    application.wait_until_begun()
    assert len(application.begun) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, this machine has one address of its own")
def test_somebody_else_takes_the_place_of_the_last_of_many(
    full: list[socket.socket], running: Listeners, application: Measured
) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=8, source_address=("127.0.0.2", 0)) as other:
        other.sendall(TINY)

        application.wait_until_begun()
    assert_refused(full[2], 503, "busy")
    assert len(application.begun) == 3


def test_threads_that_wait_for_a_password_are_replaced(
    connect: Connect, application: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HashingPool, "waiting", 1)
    connect().sendall(b"POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
    application.wait_until_begun()
    connection = connect()
    connection.sendall(b"GET /api/v1/predictions/ HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(connection).status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="the threads of a process have one priority there")
def test_photos_let_everything_else_go_first(connect: Connect, application: Measured) -> None:
    application.let_go(1)
    photo, other = connect(), connect()
    photo.sendall(TINY)
    photo.recv(1000)
    other.sendall(b"GET /api/v1/predictions/ HTTP/1.1\r\nHost: x\r\n\r\n")
    other.recv(1000)

    assert application.niceness["POST"] > application.niceness["GET"]
