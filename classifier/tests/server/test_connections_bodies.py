"""Where bodies wait: in memory while there is room, then on the disk."""

import errno
from typing import Any

import pytest
from waitress.buffers import TempfileBasedBuffer

from classifier.server import connections
from classifier.tests.sockets import Connect, answer, assert_refused, wait_until

pytestmark = pytest.mark.usefixtures("impatient")
LARGE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + b"x" * 900_000


@pytest.fixture
def large_bodies(settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 1_000_000


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TempfileBasedBuffer, "newfile", full)


def test_a_request_is_answered(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")

    assert answer(connection).body == b"okabc"


def test_a_body_that_the_disk_has_no_room_for_is_told_so(
    large_bodies: None, full_disk: None, connect: Connect, settings: Any
) -> None:
    settings.CLASSIFIER_MAX_WAITING_BYTES = 0
    connection = connect()
    connection.sendall(LARGE)

    assert_refused(connection, 507, "storage_full")


def test_bodies_wait_in_memory_while_there_is_room(
    large_bodies: None, full_disk: None, connect: Connect, settings: Any
) -> None:
    settings.CLASSIFIER_MAX_WAITING_BYTES = 1_000_000
    first, second = connect(), connect()
    first.sendall(LARGE[:-1])
    wait_until(lambda: bool(connections._in_memory))
    second.sendall(LARGE)
    assert_refused(second, 507, "storage_full")
    first.sendall(LARGE[-1:])
    assert answer(first).status == 200
    wait_until(lambda: not connections._in_memory)
    third = connect()
    third.sendall(LARGE)

    assert answer(third).status == 200
