"""Names and mail addresses that nobody has: a refusal of them takes as long as one of those that somebody has."""

import itertools
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks.live.client import Response
from benchmarks.live.server import LiveServer, running
from faults.finding import Finding

TRIES = 60
APART = 1.4
"""So many times the one median may be the other: a hash more is beyond it, and a row that is written more."""
PASSWORD, WRONG = "correct horse battery", "12345"
_addresses = (f"198.51.{number // 250}.{number % 250 + 1}" for number in itertools.count())


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asked for."""

    name: str
    email: str


SOMEBODY, NOBODY = Person("ada", "ada@example.org"), Person("eve", "eve@example.org")
Send = Callable[[Person], Response]


def run() -> list[Finding]:
    with tempfile.TemporaryDirectory() as mails:
        environment = {
            "BEHIND_TLS_PROXY": "1",
            "EMAIL_URL": f"filemail:///{mails}",
            "CLASSIFIER_PASSWORD_RESETS_PER_HOUR": "100000",
            "CLASSIFIER_REGISTRATIONS_PER_HOUR": "100000",
        }
        with running(environment=environment) as server:
            _post(server, "auth/register/", username=SOMEBODY.name, email=SOMEBODY.email, password=PASSWORD)
            return [_compared(promise, send) for promise, send in _tries(server).items()]


def _tries(server: LiveServer) -> dict[str, Send]:
    """Each with a wrong secret, from an address of its own; of both who is asked for, as often as of the other."""
    return {
        "signing in with a wrong password": lambda who: _post(server, "auth/login/", username=who.name, password=WRONG),
        "asking for a code": lambda who: _post(server, "auth/password/reset/", email=who.email),
        "trying a wrong code": lambda who: _post(
            server, "auth/password/reset/confirm/", email=who.email, code=WRONG, new_password=PASSWORD
        ),
        "registering with a bad password": lambda who: _post(
            server, "auth/register/", username=who.name, password=WRONG
        ),
    }


def _compared(promise: str, send: Send) -> Finding:
    """One after the other, and each first as often, so that whatever else the machine does meets both alike."""
    seconds: dict[Person, list[float]] = {SOMEBODY: [], NOBODY: []}
    answers: set[tuple[int, bytes]] = set()
    for number in range(TRIES):
        for who in (SOMEBODY, NOBODY) if number % 2 else (NOBODY, SOMEBODY):
            answer = send(who)
            seconds[who].append(answer.seconds)
            answers.add((answer.status, answer.body))
    known_s, unknown_s = median(seconds[SOMEBODY]), median(seconds[NOBODY])
    ratio = known_s / unknown_s
    return Finding(
        f"{promise}, of somebody and of nobody: medians of {TRIES}, answers",
        f"{known_s * 1000:.1f} and {unknown_s * 1000:.1f} ms, a ratio of {ratio:.2f}; {len(answers)} answer",
        1 / APART <= ratio <= APART and len(answers) == 1,
    )


def _post(server: LiveServer, path: str, **fields: str) -> Response:
    headers = {"X-Forwarded-For": next(_addresses), "X-Forwarded-Proto": "https", "Authorization": ""}
    return server.request("POST", f"/api/v1/{path}", json.dumps(fields).encode(), headers)


if __name__ == "__main__":
    print(*run(), sep="\n")
