"""How soon others have their history and are signed in, alone and while something goes on."""

import http.client
import json
from collections.abc import Callable

from benchmarks.live.client import Response
from benchmarks.live.server import PREDICTIONS, LiveServer
from benchmarks.results import quantile
from faults.finding import Finding

ASKED, WITHIN_S = 30, 30
ADA = {"username": "ada", "password": "correct horse battery"}
Times = dict[str, list[float]]
"""The seconds of each answer, by what was asked for; one that does not come is an infinity."""


def register(server: LiveServer) -> None:
    """Makes the account that signs in."""
    server.request("POST", "/api/v1/auth/register/", json.dumps(ADA).encode(), {"Authorization": ""})


def asked(server: LiveServer) -> Times:
    body = json.dumps(ADA).encode()
    calls: dict[str, Callable[[], Response]] = {
        "history": lambda: server.request("GET", PREDICTIONS, timeout_s=WITHIN_S),
        "sign-in page": lambda: server.request("GET", "/sign-in/", headers={"Authorization": ""}, timeout_s=WITHIN_S),
        "signing in": lambda: server.request(
            "POST", "/api/v1/auth/login/", body, {"Authorization": ""}, timeout_s=WITHIN_S
        ),
    }
    found: Times = {name: [] for name in calls}
    for name, call in calls.items():
        for _ in range(ASKED):
            try:
                answer = call()
            except (OSError, http.client.HTTPException):
                found[name].append(float("inf"))
                break
            found[name].append(answer.seconds if answer.status == 200 else float("inf"))
    return found


def compared(meanwhile: str, before: Times, during: Times) -> list[Finding]:
    """At most 300 ms; a password takes some hundred milliseconds to check, whatever else goes on."""
    return [_compared(f"meanwhile {name}, p99 ({meanwhile})", before[name], during[name]) for name in before]


def _compared(promise: str, before: list[float], during: list[float]) -> Finding:
    usual_ms, p99_ms = (quantile(seconds, 0.99) * 1000 for seconds in (before, during))
    return Finding(promise, f"{p99_ms:.0f} ms (before: {usual_ms:.0f} ms)", p99_ms <= max(300, 1.5 * usual_ms))
