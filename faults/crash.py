"""Processes that are killed or crash in the middle of uploads: what was acknowledged is there, and nothing else."""

import http.client
import random
import signal
import threading
import time

from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, running
from faults.finding import Finding

KILLS, CLIENTS = 100, 4
SIGNALS = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT)
"""What ends a process that is killed, reads memory that is not its own, or fails an assertion of a library."""
IMPATIENT = {"CLASSIFIER_QUEUE_TIMEOUT_S": "0.5", "CLASSIFIER_INFERENCE_TIMEOUT_S": "2"}
LEASE_S = 8.0
"""After this, with these time-outs, what is left of an upload is an orphan."""


def run(kills: int = KILLS) -> list[Finding]:
    acknowledged: dict[str, int] = {}
    with running(environment=IMPATIENT) as server:
        for round_number in range(kills):
            _upload_and_kill(server, acknowledged, first=round_number * 1000, by=SIGNALS[round_number % 3])
            server.start()
        lost = sum(not server.has(key, photo(number)) for key, number in acknowledged.items())
        time.sleep(LEASE_S)
        server.kill()
        server.start()
        orphans = _after_sweep(server)
    return [
        Finding(
            f"{kills} x SIGKILL, SIGSEGV or SIGABRT: acknowledged uploads lost",
            f"{lost} of {len(acknowledged):,}",
            lost == 0,
        ),
        Finding("orphaned files after the sweep", str(orphans), orphans == 0),
    ]


def _upload_and_kill(server: LiveServer, acknowledged: dict[str, int], *, first: int, by: signal.Signals) -> None:
    numbers = iter(range(first, first + 1000))
    lock = threading.Lock()

    def send() -> None:
        while True:
            with lock:
                number = next(numbers)
            try:
                answer = server.upload(photo(number), timeout_s=10)
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 201:
                with lock:
                    acknowledged[answer.json()["id"]] = number

    threads = [threading.Thread(target=send) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.02, 0.4))  # noqa: S311  # when, not whether
    server.kill(by)
    for thread in threads:
        thread.join()


def _after_sweep(server: LiveServer) -> int:
    """Files that no row names, once the sweep had its time."""
    until = time.monotonic() + 20
    while (orphans := len(server.files) - 2 * server.count_rows()) and time.monotonic() < until:
        time.sleep(0.2)
    return orphans


if __name__ == "__main__":
    print(*run(), sep="\n")
