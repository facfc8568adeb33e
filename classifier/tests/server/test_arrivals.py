"""In which order connections are read from for the first time."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from classifier.server.arrivals import Arrival, Arrivals
from classifier.server.connections import Connections
from classifier.server.limits import Limits
from classifier.tests.sockets import Connect, answer

HALF_SENT = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhal"
WHOLE = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
THREE_OF_ONE = Limits(max_connections=5, max_connections_per_address=3)


class Door:
    """Arrivals at a server that takes three connections of an address, and their clients."""

    def __init__(self) -> None:
        self.arrivals = Arrivals(Connections(THREE_OF_ONE, is_behind_proxy=False))
        self.clients: list[socket.socket] = []
        self.accepted: list[socket.socket] = []

    def arrive(self, sent: bytes = b"", *, when: float = 0.0) -> Arrival:
        here, there = socket.socketpair()
        here.sendall(sent)
        self.clients.append(here)
        self.accepted.append(there)
        arrival = Arrival(there, ("192.0.2.1", 1), last_activity=when)
        self.arrivals.add(arrival)
        return arrival


class LateSocket(socket.socket):
    """What is sent arrives right after it was looked for in vain."""

    def __init__(self, other: socket.socket, *, then: Callable[[], None]) -> None:
        super().__init__(fileno=other.detach())
        self._arrive: Callable[[], None] | None = then

    def recv(self, *args: Any) -> bytes:
        try:
            return super().recv(*args)
        except BlockingIOError:
            if self._arrive:
                self._arrive()
                self._arrive = None
            raise


@pytest.fixture
def door() -> Iterator[Door]:
    door = Door()
    yield door
    for connection in door.clients + door.accepted:
        connection.close()


def test_a_whole_request_goes_before_half_ones(door: Door) -> None:
    half, silent, whole = door.arrive(HALF_SENT), door.arrive(), door.arrive(WHOLE)

    assert door.arrivals.pop(0) == [whole]
    assert door.arrivals.pop(1) == [half]
    assert door.arrivals.pop(1) == [silent]
    assert not door.arrivals


def test_whoever_was_silent_goes_first_once_all_is_asked(door: Door) -> None:
    silent = door.arrive()
    assert door.arrivals.pop(0) == []

    door.clients[0].sendall(WHOLE)

    assert door.arrivals.pop(0) == [silent]


def test_whoever_asks_while_it_is_looked_is_kept(door: Door) -> None:
    silent = door.arrive()
    with LateSocket(silent.socket, then=lambda: door.clients[0].sendall(WHOLE)) as silent.socket:
        assert door.arrivals.pop(0) + door.arrivals.pop(0) == [silent]


def test_nothing_is_taken_from_what_was_sent(door: Door) -> None:
    whole = door.arrive(WHOLE)
    door.arrivals.pop(1)

    assert whole.socket.recv(1000) == WHOLE


def test_one_too_many_of_an_address_is_closed_unread(door: Door) -> None:
    arrived = [door.arrive(when=when) for when in (2.0, 1.0, 3.0, 4.0)]

    assert door.arrivals.pop(9) == [arrived[0], *arrived[2:]]
    assert door.clients[1].recv(1) == b""


def test_whoever_was_let_in_is_counted_no_more(door: Door) -> None:
    for _ in range(5):
        arrival = door.arrive(HALF_SENT)
        assert door.arrivals.pop(1) == [arrival]


def test_a_server_that_ends_closes_those_that_wait(door: Door) -> None:
    door.arrive()

    door.arrivals.close()

    assert not door.arrivals
    assert door.clients[0].recv(1) == b""


def test_all_get_their_turn(connect: Connect) -> None:
    silent = [connect() for _ in range(100)]
    connection = connect()
    connection.sendall(WHOLE)
    assert answer(connection).status == 200

    for connection in silent:
        connection.sendall(WHOLE)
        assert answer(connection).status == 200
