"""Clients that send one photo after the other, and what of it was acknowledged."""

import contextlib
import itertools
import time
from collections.abc import Iterator

from benchmarks.live.beside import beside
from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer

CLIENTS = 3


@contextlib.contextmanager
def uploading(server: LiveServer) -> Iterator[dict[str, int]]:
    """Within, clients send photos; gives the number of each that was acknowledged by its id."""
    stored: dict[str, int] = {}
    numbers = itertools.count(int(time.time() * 1000))

    def send() -> None:
        number = next(numbers)
        with contextlib.suppress(Exception):  # it is killed meanwhile
            answer = server.upload(photo(number), timeout_s=10)
            if answer.status == 201:
                stored[answer.json()["id"]] = number

    with beside(send, threads=CLIENTS):
        yield stored


def wait_for(stored: dict[str, int], count: int) -> None:
    """Until so many are acknowledged, or for half a minute."""
    until = time.monotonic() + 30
    while len(stored) < count and time.monotonic() < until:
        time.sleep(0.02)


def lost(server: LiveServer, stored: dict[str, int]) -> int:
    """How many of those that were acknowledged a server does not have."""
    return sum(not server.has(key, photo(number)) for key, number in stored.items())
