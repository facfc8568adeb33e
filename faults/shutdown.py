"""Start and end of the server: quick to answer, honest about being ready, and no answer lost at SIGTERM or Ctrl-C."""

import http.client
import itertools
import signal
import threading
import time

from benchmarks.live.client import Response
from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, running
from benchmarks.live.uploading import lost, wait_for
from faults.finding import Finding

CLIENTS = 8
ENDS = {signal.SIGTERM: "SIGTERM", signal.SIGINT: "Ctrl-C"}
"""What an operator ends it by."""
UNACCEPTED = 2
"""Connections that may wait in the system at that moment, unknown to the server."""


def run() -> list[Finding]:
    numbers = itertools.count()
    with running() as server:
        found = [finding for by in ENDS for finding in _ended_under_load(server, by, numbers)]
        server.stop()
        ready_s = server.start()
    return [
        *found,
        Finding(
            "start to first answer, to /readyz",
            f"{server.alive_s:.1f} s, {ready_s:.1f} s",
            server.alive_s < 3 and ready_s < 5,
        ),
    ]


def _ended_under_load(server: LiveServer, by: signal.Signals, numbers: "itertools.count[int]") -> list[Finding]:
    """Clients send until they are refused; then the server is started again, to be asked for what it acknowledged."""
    if signal.getsignal(by) is signal.SIG_IGN:  # the server inherits it, as whatever a shell starts in the background
        return [Finding(f"{ENDS[by]} under load", "is ignored by whoever started this", None)]
    acknowledged: dict[str, int] = {}
    refused: list[Response] = []
    broken: list[Exception] = []

    def send() -> None:
        while True:
            number = next(numbers)
            try:
                answer = server.upload(photo(number))
            except ConnectionRefusedError:
                return
            except (OSError, http.client.HTTPException) as error:
                broken.append(error)
                return
            if answer.status == 201:
                acknowledged[answer.json()["id"]] = number
            else:
                refused.append(answer)

    before = server.count_rows()
    threads = [threading.Thread(target=send) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    wait_for(acknowledged, 3 * CLIENTS)
    began = time.monotonic()
    status = server.stop(by)
    ended_s = time.monotonic() - began
    for thread in threads:
        thread.join()
    surplus = server.count_rows() - before - len(acknowledged)
    tracebacks = server.log.read_text().count("Traceback")
    server.start()
    missing = lost(server, acknowledged)
    return [
        Finding(
            f"{ENDS[by]} under load: exit status, seconds, tracebacks",
            f"{status}, {ended_s:.1f} s, {tracebacks}",
            status == 0 and ended_s < 15 and not tracebacks,
        ),
        Finding(
            f"{ENDS[by]} under load: acknowledged and lost, stored but not acknowledged",
            f"{missing} and {surplus} of {len(acknowledged)}",
            not missing and not surplus and len(acknowledged) > 0,
        ),
        Finding(
            f"{ENDS[by]} under load: photos on their way, of {CLIENTS} clients, that get no answer",
            f"{len(broken)}, {len(refused)} refused",
            len(broken) <= UNACCEPTED,
        ),
    ]


if __name__ == "__main__":
    print(*run(), sep="\n")
