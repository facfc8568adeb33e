"""Where bodies wait: in memory while there is room, then on the disk."""

import errno
from dataclasses import replace

import pytest
from waitress.buffers import TempfileBasedBuffer

from classifier.server.listeners import Listeners
from classifier.tests.server.conftest import IMPATIENT
from classifier.tests.sockets import Connect, answer, assert_refused
from classifier.tests.waiting import wait_until

LARGE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + b"x" * 900_000


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TempfileBasedBuffer, "newfile", full)


def test_a_request_is_answered(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")

    assert answer(connection).body == b"okabc"


@pytest.mark.parametrize("limits", [replace(IMPATIENT, max_waiting_bytes=0)])
def test_a_body_that_the_disk_has_no_room_for_is_told_so(full_disk: None, connect: Connect) -> None:
    connection = connect()
    connection.sendall(LARGE)

    assert_refused(connection, 507, "storage_full")


@pytest.mark.parametrize("limits", [replace(IMPATIENT, max_waiting_bytes=0)])
def test_a_body_that_a_broken_disk_does_not_take_is_told_so(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(TempfileBasedBuffer, "newfile", broken)
    connection = connect()
    connection.sendall(LARGE)

    assert_refused(connection, 503, "storage_unavailable")


@pytest.mark.parametrize("limits", [replace(IMPATIENT, max_waiting_bytes=1_000_000)])
def test_bodies_wait_in_memory_while_there_is_room(full_disk: None, connect: Connect, running: Listeners) -> None:
    first, second = connect(), connect()
    first.sendall(LARGE[:-1])
    wait_until(lambda: running.places.memory.used_bytes > 0)
    second.sendall(LARGE)
    assert_refused(second, 507, "storage_full")
    first.sendall(LARGE[-1:])
    assert answer(first).status == 200
    wait_until(lambda: running.places.memory.used_bytes == 0)
    third = connect()
    third.sendall(LARGE)

    assert answer(third).status == 200


ROOM_FOR_ONE = replace(
    IMPATIENT, max_waiting_bytes=0, max_body_bytes_on_disk=8_000_000, idle_timeout_s=8, rate_window_s=8
)
"""Of strangers, who may have an eighth."""


@pytest.mark.parametrize("limits", [ROOM_FOR_ONE])
def test_bodies_that_there_is_no_room_for_are_refused_before_they_are_sent(
    connect: Connect, running: Listeners
) -> None:
    first, second, third = connect(), connect(), connect()
    first.sendall(LARGE[:-1])
    wait_until(lambda: running.places.disk.used_bytes > 0)
    second.sendall(LARGE[:100])
    assert_refused(second, 503, "busy")
    first.close()
    wait_until(lambda: running.places.disk.used_bytes == 0)
    third.sendall(LARGE)

    assert answer(third).status == 200
