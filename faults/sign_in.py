"""Guesses at passwords and codes: they come to an end, and whoever knows theirs always gets in."""

import json
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from benchmarks.live.client import Response
from benchmarks.live.server import LiveServer, running
from faults.finding import Finding
from faults.shifted_clock import AHEAD_S

PROGRAM = ("-m", "faults.shifted_clock")
PASSWORD, NEW_PASSWORD = "correct horse battery", "a glacier in the afternoon"
WINDOW_S, LIMIT = 300, 10
RIGHT_AT_ONCE, STRANGERS, NEIGHBOURS = 20, 10, 40
_addresses = (f"198.51.{number // 250}.{number % 250 + 1}" for number in count())


def run() -> list[Finding]:
    with tempfile.TemporaryDirectory() as mails, _server(Path(mails)) as server:
        return [
            _right_ones_at_once(server),
            _edge_of_a_window(server),
            _strangers(server),
            _neighbours(server),
            *_reset_codes(server, Path(mails)),
        ]


@contextmanager
def _server(mails: Path) -> Iterator[LiveServer]:
    environment = {"BEHIND_TLS_PROXY": "1", "EMAIL_URL": f"filemail:///{mails}"}
    with running(program=PROGRAM, environment=environment) as server:
        yield server


def _right_ones_at_once(server: LiveServer) -> Finding:
    _register(server, "right")
    answers = _at_once(server, "right", [next(_addresses)] * RIGHT_AT_ONCE, PASSWORD)
    right = [answer.status for answer in answers].count(200)
    slowest_s = max(answer.seconds for answer in answers)
    return Finding(
        f"{RIGHT_AT_ONCE} right sign-ins at once from one address",
        f"{right} x 200, the last after {slowest_s:.1f} s",
        right == RIGHT_AT_ONCE,
    )


def _edge_of_a_window(server: LiveServer) -> Finding:
    """One wrong try opens a window; nine come just before it would close, and ten just after."""
    _register(server, "edge")
    address = next(_addresses)
    _sign_in(server, "edge", address, "wrong")
    _set_clock(server, WINDOW_S - 20)
    before = [_sign_in(server, "edge", address, "wrong") for _ in range(LIMIT - 1)]
    _set_clock(server, WINDOW_S + 20)
    after = [_sign_in(server, "edge", address, "wrong") for _ in range(LIMIT)]
    told = [answer.status for answer in before + after].count(401)
    wait_s = int(after[-1].headers.get("retry-after", 0))
    _set_clock(server, WINDOW_S + 20 + wait_s)
    again = _sign_in(server, "edge", address, PASSWORD).status
    return Finding(
        "wrong passwords within a minute around a window's edge",
        f"{told} tried; Retry-After {wait_s} s, then {again}",
        told <= LIMIT and again == 200,
    )


def _strangers(server: LiveServer) -> Finding:
    _register(server, "owner")
    wrong = _at_once(server, "owner", [next(_addresses) for _ in range(STRANGERS)], "wrong")
    owner = _sign_in(server, "owner", next(_addresses), PASSWORD)
    return Finding(
        f"{STRANGERS} wrong tries of strangers, then the owner from a new address",
        f"{[answer.status for answer in wrong].count(401)} x 401, then {owner.status}",
        owner.status == 200,
    )


def _neighbours(server: LiveServer) -> Finding:
    addresses = [f"[2001:db8::{number:x}]:443" for number in range(NEIGHBOURS)]
    told = [_sign_in(server, "neighbour", address, "wrong").status for address in addresses].count(401)
    return Finding(
        f"{NEIGHBOURS} wrong passwords from {NEIGHBOURS} addresses of one /64, with ports",
        f"{told} tried, {NEIGHBOURS - told} refused",
        told <= LIMIT,
    )


def _reset_codes(server: LiveServer, mails: Path) -> list[Finding]:
    email = "ada@example.org"
    for name in ("ada", "ada2", "ada3"):
        _register(server, name, email)
    _post(server, "auth/password/reset/", next(_addresses), email=email)
    text = _mailed(mails)
    code = re.findall(r"^ {4}(\w+)$", text, re.MULTILINE)[0]
    guesses = [_try_code(server, address, email, "AAAAAAAAAA") for address in [next(_addresses)] * 10]
    owner = _try_code(server, next(_addresses), email, code)
    sent = text.count("\nSubject: ") + text.startswith("Subject: ")
    return [
        Finding("one request for a new password, three accounts of the address", f"{sent} mail", sent == 1),
        Finding(
            "ten tries of a stranger at a mailed code, then its owner",
            f"{[answer.status for answer in guesses].count(400)} tried, then {owner.status}",
            owner.status == 204,
        ),
    ]


def _mailed(mails: Path) -> str:
    """All mails, as soon as there are any and no more come. Raises TimeoutError."""
    text = ""
    for _ in range(100):
        time.sleep(0.2)
        now = "".join(path.read_text() for path in mails.iterdir())
        if now and now == text:
            return text
        text = now
    raise TimeoutError("No mail came.")


def _at_once(server: LiveServer, username: str, addresses: list[str], password: str) -> list[Response]:
    start, answers = threading.Barrier(len(addresses)), []

    def send(address: str) -> None:
        start.wait()
        answers.append(_sign_in(server, username, address, password))

    threads = [threading.Thread(target=send, args=[address]) for address in addresses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _register(server: LiveServer, username: str, email: str = "") -> None:
    fields = {"username": username, "password": PASSWORD, **({"email": email} if email else {})}
    answer = _post(server, "auth/register/", next(_addresses), **fields)
    if answer.status != 201:
        raise RuntimeError(answer.body.decode())


def _sign_in(server: LiveServer, username: str, address: str, password: str) -> Response:
    return _post(server, "auth/login/", address, username=username, password=password)


def _try_code(server: LiveServer, address: str, email: str, code: str) -> Response:
    return _post(server, "auth/password/reset/confirm/", address, email=email, code=code, new_password=NEW_PASSWORD)


def _post(server: LiveServer, path: str, address: str, **fields: str) -> Response:
    headers = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https", "Authorization": ""}
    return server.request("POST", f"/api/v1/{path}", json.dumps(fields).encode(), headers)


def _set_clock(server: LiveServer, ahead_s: float) -> None:
    (server.home / AHEAD_S).write_text(str(ahead_s))


if __name__ == "__main__":
    print(*run(), sep="\n")
