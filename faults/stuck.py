"""A network that hangs, and one that fails: /readyz says so, and the server heals by itself."""

import contextlib
import http.client
import threading
import time
from pathlib import Path

from faults.finding import Finding
from faults.photos import photo
from faults.server import Server, running

INJECTED = Path(__file__).with_name("injected")
CLIENTS, TIMEOUT_S = 12, 60.0


def run() -> list[Finding]:
    with running(PYTHONPATH=str(INJECTED)) as server:
        return [_stuck(server), _broken(server)]


def _stuck(server: Server) -> Finding:
    fault = server.home / "stuck"
    fault.touch()
    began = time.monotonic()
    for number in range(CLIENTS):
        threading.Thread(target=_send, args=(server, number), daemon=True).start()
    told_s = _seconds_until(server, 503, began)
    fault.unlink()
    healed_s = _seconds_until(server, 200, began)
    statuses = [server.upload(photo(number)).status for number in range(100, 120)]
    works = statuses == [201] * len(statuses)
    return Finding(
        "a network that hangs: told, healed, works",
        f"/readyz 503 after {told_s:.1f} s, 200 after {healed_s:.1f} s, then {statuses.count(201)} of 20 stored",
        told_s <= 10 and healed_s < TIMEOUT_S and works,
    )


def _send(server: Server, number: int) -> None:
    """Some of these hang until the server is ended."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        server.upload(photo(number))


def _broken(server: Server) -> Finding:
    fault = server.home / "broken"
    fault.touch()
    began = time.monotonic()
    failed = server.upload(photo(200)).status
    told_s = _seconds_until(server, 503, began)
    fault.unlink()
    healed_s = _seconds_until(server, 200, began)
    stored = server.upload(photo(201)).status
    return Finding(
        "a network that fails: told, healed, works",
        f"{failed}, /readyz 503 after {told_s:.1f} s, 200 after {healed_s:.1f} s, then {stored}",
        told_s <= 10 and healed_s < TIMEOUT_S and stored == 201,
    )


def _seconds_until(server: Server, status: int, began: float) -> float:
    while time.monotonic() - began < TIMEOUT_S:
        if server.request("GET", "/readyz").status == status:
            return time.monotonic() - began
        time.sleep(0.1)
    return float("inf")


if __name__ == "__main__":
    print(*run(), sep="\n")
