"""Clients that ask for much and read it slowly."""

import contextlib
import socket
from collections.abc import Iterator, Sequence

from benchmarks.live.beside import beside

READ_BYTES = 1100
"""In each second: no less than a server must put up with."""
ANSWERED_WITHIN_S = 60


@contextlib.contextmanager
def reading_slowly(port: int, requests: Sequence[bytes]) -> Iterator[list[int]]:
    """A connection for each request, begun when the one before has its answer's beginning; gives the statuses.

    A status is 0 where nothing came. While the block runs all are read slowly, and then dropped.
    """
    statuses = []
    reading: list[socket.socket] = []

    def read() -> None:
        for connection in tuple(reading):
            with contextlib.suppress(OSError):
                connection.recv(READ_BYTES)

    with contextlib.ExitStack() as stack:
        stack.enter_context(beside(read, every_s=1))
        for request in requests:
            connection = stack.enter_context(_asked(port, request))
            statuses.append(_status(connection))
            reading.append(connection)
        yield statuses


def _asked(port: int, request: bytes) -> socket.socket:
    """A connection on which it was asked; it takes little ahead of its reader."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(ANSWERED_WITHIN_S)
    connection.connect(("127.0.0.1", port))
    connection.sendall(request)
    return connection


def _status(connection: socket.socket) -> int:
    try:
        head = connection.recv(READ_BYTES)
    except OSError:
        return 0
    return int(head.split()[1]) if head else 0
