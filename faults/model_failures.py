"""A network that hangs, and one that fails: /readyz says so, and the server recovers by itself."""

import contextlib
import http.client
import threading
import time

from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, running
from faults.faulty_server import FAILS, HANGS
from faults.finding import Finding

PROGRAM = ("-m", "faults.faulty_server")
CLIENTS, REPORTED_S, TIMEOUT_S = 12, 10, 60.0


def run() -> list[Finding]:
    with running(program=PROGRAM) as server:
        return [_hangs(server), _fails(server)]


def _hangs(server: LiveServer) -> Finding:
    fault = server.home / HANGS
    fault.touch()
    began = time.monotonic()
    for number in range(CLIENTS):
        threading.Thread(target=_send, args=(server, number), daemon=True).start()
    reported_s = _seconds_until(server, 503, began)
    fault.unlink()
    recovered_s = _seconds_until(server, 200, began)
    statuses = [server.upload(photo(number)).status for number in range(100, 120)]
    return Finding(
        "a network that hangs: reported, recovered, works",
        f"/readyz 503 after {reported_s:.1f} s, 200 after {recovered_s:.1f} s, then {statuses.count(201)} of 20 stored",
        reported_s <= REPORTED_S and recovered_s < TIMEOUT_S and statuses == [201] * len(statuses),
    )


def _send(server: LiveServer, number: int) -> None:
    """Some of these hang until the server is ended."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        server.upload(photo(number))


def _fails(server: LiveServer) -> Finding:
    fault = server.home / FAILS
    fault.touch()
    began = time.monotonic()
    failed = server.upload(photo(200)).status
    reported_s = _seconds_until(server, 503, began)
    fault.unlink()
    recovered_s = _seconds_until(server, 200, began)
    stored = server.upload(photo(201)).status
    return Finding(
        "a network that fails: reported, recovered, works",
        f"{failed}, /readyz 503 after {reported_s:.1f} s, 200 after {recovered_s:.1f} s, then {stored}",
        reported_s <= REPORTED_S and recovered_s < TIMEOUT_S and failed == 500 and stored == 201,
    )


def _seconds_until(server: LiveServer, status: int, began: float) -> float:
    while time.monotonic() - began < TIMEOUT_S:
        if server.request("GET", "/readyz").status == status:
            return time.monotonic() - began
        time.sleep(0.1)
    return float("inf")


if __name__ == "__main__":
    print(*run(), sep="\n")
