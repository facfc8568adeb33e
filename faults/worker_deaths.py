"""Workers that end by a segmentation fault or are killed: the others serve on, and no photo is lost or there twice."""

import contextlib
import http.client
import itertools
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.live.beside import beside
from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, running
from faults.crash import IMPATIENT, LEASE_S
from faults.finding import Finding

PROGRAM = ("-m", "faults.gunicorn_server")
CLIENTS, WORKERS = 4, 2
DEATHS = (signal.SIGSEGV, signal.SIGKILL, signal.SIGBUS) * 2
BETWEEN_S, REPLACED_S = 1.0, 30.0
PATIENT_S = 5 * LEASE_S
"""The key of an upload that died with its worker is free again after `LEASE_S`, with these time-outs."""


@dataclass
class Sent:
    """What the clients saw, by the number of each photo."""

    acknowledged: dict[int, str] = field(default_factory=dict)
    given_up: list[int] = field(default_factory=list)
    broken_off: int = 0


def run() -> list[Finding]:
    with running(program=PROGRAM, environment=IMPATIENT) as server:
        with _sending(server) as sent:
            replaced_s = [_seconds_until_replaced(server, by) for by in DEATHS]
        lost = [number for number, key in sent.acknowledged.items() if not server.has(key, photo(number))]
        surplus = server.count_rows() - len(sent.acknowledged)
    return [
        Finding(
            f"{len(DEATHS)} workers of gunicorn end by a signal: acknowledged photos lost, photos there twice",
            f"{len(lost)} and {surplus} of {len(sent.acknowledged)}; {sent.broken_off} requests broken off",
            not lost and not surplus and sent.broken_off > 0,
        ),
        Finding(
            "every photo is taken in the end, when it is sent again with its key",
            f"{len(sent.acknowledged)} taken, {len(sent.given_up)} not",
            bool(sent.acknowledged) and not sent.given_up,
        ),
        Finding(
            "each worker is replaced, and the server ready",
            f"after {max(replaced_s):.1f} s at most",
            max(replaced_s) <= REPLACED_S,
        ),
    ]


@contextlib.contextmanager
def _sending(server: LiveServer) -> Iterator[Sent]:
    """Clients that send one photo after the other while the block runs, and finish the last one."""
    sent, numbers = Sent(), itertools.count()
    with beside(lambda: _send_until_taken(server, next(numbers), sent), threads=CLIENTS):
        yield sent


def _send_until_taken(server: LiveServer, number: int, sent: Sent) -> None:
    until = time.monotonic() + PATIENT_S
    while time.monotonic() < until:
        try:
            answer = server.upload(photo(number), key=f"photo {number}")
        except (OSError, http.client.HTTPException):
            sent.broken_off += 1
        else:
            if answer.status == 201:
                sent.acknowledged[number] = answer.json()["id"]
                return
        time.sleep(0.2)
    sent.given_up.append(number)


def _seconds_until_replaced(server: LiveServer, by: signal.Signals) -> float:
    """Ends a worker by this signal after some work, and waits until there are as many as before, all ready."""
    time.sleep(BETWEEN_S)
    ended = _workers(server)[0]
    os.kill(ended, by)
    began = time.monotonic()
    while not _is_replaced(server, ended):
        if time.monotonic() - began > REPLACED_S:
            return float("inf")
        time.sleep(0.1)
    return time.monotonic() - began


def _is_replaced(server: LiveServer, ended: int) -> bool:
    workers = _workers(server)
    try:
        return ended not in workers and len(workers) == WORKERS and server.request("GET", "/readyz").status == 200
    except (OSError, http.client.HTTPException):
        return False


def _workers(server: LiveServer) -> list[int]:
    pid = server.process.pid if server.process else 0
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


if __name__ == "__main__":
    print(*run(), sep="\n")
