"""Connections of which nothing is read yet: who has asked all goes before who has begun to send something."""

import socket
import time
from dataclasses import dataclass, field
from typing import Any

from classifier.server.connections import Connections

PEEKED_BYTES = 4096


@dataclass(eq=False, slots=True)
class Arrival:
    """An accepted connection, in the books like any other."""

    socket: socket.socket
    address: Any
    peer: str = field(init=False)
    last_activity: float = field(default_factory=time.time)
    will_close: bool = False
    is_idle: bool = True
    account: int | None = None
    _is_whole: bool | None = None

    def __post_init__(self) -> None:
        self.peer = str(self.address[0])

    def is_whole(self) -> bool:
        """Whether a request without a body is there, all of it."""
        if self._is_whole is None and (begun := self._peek()):
            self._is_whole = begun.startswith((b"GET ", b"HEAD ")) and begun.endswith(b"\r\n\r\n")
        return bool(self._is_whole)

    def _peek(self) -> bytes:
        try:
            return self.socket.recv(PEEKED_BYTES, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except OSError:  # nothing yet, or nobody there: whoever reads will see
            return b""


class Arrivals:
    """Those of one listening socket; used by the select loop alone."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._waiting: list[Arrival] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, arrival: Arrival) -> None:
        """Another one or it goes when there are too many."""
        self._waiting.append(arrival)
        self._connections.add(arrival)

    def pop(self, count: int) -> list[Arrival]:
        """All that have asked something whole, and so many of the others; those that had to go are closed."""
        next_ones: list[Arrival] = []
        others: list[Arrival] = []
        for arrival in self._waiting:
            if arrival.will_close:
                arrival.socket.close()
            else:
                (next_ones if arrival.is_whole() else others).append(arrival)
        self._waiting = others[count:]
        next_ones += others[:count]
        for arrival in next_ones:
            self._connections.remove(arrival)
        return next_ones

    def close(self) -> None:
        for arrival in self._waiting:
            arrival.socket.close()
            self._connections.remove(arrival)
        self._waiting = []
