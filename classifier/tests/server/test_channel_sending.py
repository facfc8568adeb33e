"""While a task sends its answer, the loop that watches the connections leaves it alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from classifier.server.channel import Channel
from classifier.tests.sockets import Application, Connect


class KnowsItsChannel(Application):
    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.channel: Channel = environ["waitress.client_disconnected"].__self__
        return super().__call__(environ, start_response)


@pytest.fixture
def application() -> KnowsItsChannel:
    return KnowsItsChannel(holds=lambda _: True)


@pytest.fixture
def channel(application: KnowsItsChannel, connect: Connect) -> Channel:
    """A connection whose request is in progress, until the test ends."""
    connect().sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    application.wait_until_begun()
    return application.channel


@contextmanager
def sending(channel: Channel) -> Iterator[None]:
    """In another thread, as a task does it."""
    has_begun, may_end = threading.Event(), threading.Event()

    def send() -> None:
        with channel.outbuf_lock:
            channel.total_outbufs_len += 1
            has_begun.set()
            may_end.wait(5)
            channel.total_outbufs_len -= 1

    task = threading.Thread(target=send)
    task.start()
    assert has_begun.wait(5)
    yield
    may_end.set()
    task.join()


def test_a_connection_is_not_watched_for_room_while_its_task_sends(channel: Channel) -> None:
    with sending(channel):
        assert not channel.writable()
