"""The server itself, over real sockets."""

import contextlib
import errno
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from waitress.buffers import TempfileBasedBuffer

from classifier.tests.listening import Connect, connecting, listening
from classifier_project import server
from classifier_project.server import Listeners, listen

LARGE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + b"x" * 900_000


class Application:
    """Answers with what it received; `/slow` waits for `release`."""

    def __init__(self) -> None:
        self.entered, self.release = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.entered.set()
            self.release.wait(10)
        if environ["PATH_INFO"] == "/large":
            start_response("200 OK", [("Content-Length", "20000000")])
            return [bytes(20_000_000)]
        body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", str(len(body) + 2))])
        return [b"ok", body]


@pytest.fixture(autouse=True)
def impatient(settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 1000
    settings.CLASSIFIER_MULTIPART_OVERHEAD_BYTES = 1000
    settings.CLASSIFIER_HEADER_TIMEOUT_S = 0.5
    settings.CLASSIFIER_BODY_GRACE_S = 0.5
    settings.CLASSIFIER_MIN_BODY_BYTES_PER_S = 1000
    settings.CLASSIFIER_IDLE_TIMEOUT_S = 1


@pytest.fixture
def large_bodies(settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 1_000_000


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TempfileBasedBuffer, "newfile", full)


@pytest.fixture
def large_answers(settings: Any) -> None:
    settings.CLASSIFIER_MIN_BODY_BYTES_PER_S = 10_000_000


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def running(application: Application) -> Iterator[Listeners]:
    with listening(application, release=application.release.set) as listeners:
        yield listeners


@pytest.fixture
def connect(running: Listeners) -> Iterator[Connect]:
    with connecting(running) as connect:
        yield connect


def answer(connection: socket.socket) -> tuple[int, bytes]:
    """Status and body of what comes until the server closes or has sent it all."""
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
        head, _, body = received.partition(b"\r\n\r\n")
        if f"content-length: {len(body)}\r".encode() in head.lower() + b"\r":
            break
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def assert_refused(connection: socket.socket, status: int, code: str) -> None:
    got, body = answer(connection)
    assert got == status
    assert json.loads(body)["errors"][0]["code"] == code


def test_a_request_is_answered(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")

    assert answer(connection) == (200, b"okabc")


class TestRefusals:
    def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(self, connect: Connect) -> None:
        connection = connect()
        connection.sendall(b"POST /api/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n")

        assert_refused(connection, 413, "upload_too_large")

    def test_a_client_that_asks_first_is_not_told_to_go_on(self, connect: Connect) -> None:
        connection = connect()
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100000000\r\n\r\n")

        assert_refused(connection, 413, "upload_too_large")

    def test_a_client_that_sends_on_still_gets_the_answer(self, connect: Connect) -> None:
        connection = connect()
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 2_000_000)

        assert_refused(connection, 413, "upload_too_large")

    def test_a_body_in_chunks_is_refused_as_soon_as_it_is_too_large(self, connect: Connect) -> None:
        connection = connect()
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
        connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")

        assert_refused(connection, 413, "upload_too_large")

    @pytest.mark.parametrize(
        "request_line",
        [
            b"nonsense\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
            b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        ],
    )
    def test_what_is_no_request_is_told_in_json(self, connect: Connect, request_line: bytes) -> None:
        connection = connect()
        connection.sendall(request_line)

        assert_refused(connection, 400, "bad_request")

    def test_a_body_that_the_disk_has_no_room_for_is_told_so(
        self, large_bodies: None, full_disk: None, connect: Connect, settings: Any
    ) -> None:
        settings.CLASSIFIER_MAX_WAITING_BYTES = 0
        connection = connect()
        connection.sendall(LARGE)

        assert_refused(connection, 507, "storage_full")

    def test_bodies_wait_in_memory_while_there_is_room(
        self, large_bodies: None, full_disk: None, connect: Connect, settings: Any
    ) -> None:
        settings.CLASSIFIER_MAX_WAITING_BYTES = 1_000_000
        first, second = connect(), connect()
        first.sendall(LARGE[:-1])
        time.sleep(0.1)
        second.sendall(LARGE)
        assert_refused(second, 507, "storage_full")
        first.sendall(LARGE[-1:])
        assert answer(first)[0] == 200
        third = connect()
        third.sendall(LARGE)

        assert answer(third)[0] == 200

    def test_endless_headers_are_refused(self, connect: Connect) -> None:
        connection = connect()
        connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 300_000)

        assert_refused(connection, 431, "headers_too_large")


class TestStalledClients:
    @pytest.mark.parametrize(
        "sent",
        [b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nhalf"],
        ids=["silent", "half a header", "half a body"],
    )
    def test_a_stalled_connection_is_cut(self, connect: Connect, sent: bytes) -> None:
        connection = connect()
        connection.sendall(sent)

        assert connection.recv(1000) == b""

    @pytest.mark.parametrize(
        "head", [b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n"]
    )
    def test_a_dripping_connection_is_cut(self, connect: Connect, head: bytes) -> None:
        connection = connect()
        connection.sendall(head)
        started = time.monotonic()

        with pytest.raises(OSError):  # noqa: PT011  # reset or broken pipe, as it comes
            drip(connection, for_s=8)

        assert time.monotonic() - started < 6

    def test_a_client_that_reads_its_answer_in_drips_is_cut(
        self, large_answers: None, running: Listeners, application: Application
    ) -> None:
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", running.port))
            connection.settimeout(8)
            connection.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            received = read_in_drips(connection, for_s=3) + read_all(connection)

        assert received < 20_000_000

    def test_many_stalled_connections_keep_nobody_waiting(self, connect: Connect) -> None:
        for _ in range(200):
            connect().sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nhalf")
        connection = connect()
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

        assert answer(connection) == (200, b"ok")

    def test_a_slow_answer_is_not_a_stalled_client(self, connect: Connect, application: Application) -> None:
        connection = connect()
        connection.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        application.entered.wait(5)
        threading.Event().wait(2.5)  # longer than every deadline
        application.release.set()

        assert answer(connection) == (200, b"ok")


class TestTheEnd:
    def test_what_is_in_flight_is_finished_and_nothing_new_begun(
        self, connect: Connect, application: Application, running: Listeners
    ) -> None:
        connection = connect()
        connection.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        application.entered.wait(5)
        running.drain()
        wait_until(lambda: is_refused(running.port))
        application.release.set()

        assert answer(connection) == (200, b"ok")

    def test_what_never_ends_is_left(self, application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(server, "DRAIN_S", 0.3)
        listeners = listen(application, host="127.0.0.1", port=0, behind_proxy=False)
        thread = threading.Thread(target=listeners.run)
        thread.start()
        with socket.create_connection(("127.0.0.1", listeners.port)) as connection:
            connection.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            application.entered.wait(5)
            listeners.drain()
            thread.join(5)

        assert not thread.is_alive()


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


def is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return True
    return False


def wait_until(is_true: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not is_true():
        assert time.monotonic() < until
        threading.Event().wait(0.02)
