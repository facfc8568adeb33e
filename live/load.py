"""Others who stall, and an end while photos are on their way: nobody else notices, and nothing is lost."""

import contextlib
import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator

import psycopg

from benchmarks.live.client import CONTENT_TYPE
from benchmarks.live.photos import photo
from benchmarks.live.server import PREDICTIONS
from benchmarks.results import quantile
from faults.finding import Finding
from live.client import Client
from live.stack import Stack
from live.trials import PASSWORD

STALLED, CLIENTS = 200, 8


def stalled_clients(stack: Stack) -> Iterator[Finding]:
    """Two hundred of them hold a connection each: at the handshake's end, in a header, or in a body."""
    bob, _ = stack.client.signed_up("bob", PASSWORD)
    head = (
        f"POST {PREDICTIONS} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {CONTENT_TYPE}\r\n"
        f"Authorization: Token {bob.token}\r\nContent-Length: 100000\r\n\r\nhalf a body"
    )
    beginnings = [b"", b"GET /sign-in/ HTTP/1.1\r\nX: ", head.encode(), head.encode()]
    with contextlib.ExitStack() as open_:
        for number in range(STALLED):
            connection = open_.enter_context(bob.connected())
            connection.sendall(beginnings[number % len(beginnings)])
        healthy = [bob.get("/livez") for _ in range(100)]
        stored = [bob.upload(photo(number)).status for number in range(10)]
    p99 = quantile([answer.seconds * 1000 for answer in healthy], 0.99)
    good = sum(answer.status == 200 for answer in healthy)
    yield Finding(
        f"{STALLED} stalled clients: others' requests answered, p99 with its handshake",
        f"{good} of 100, {p99:.0f} ms",
        good == 100 and p99 < 500,
    )
    yield Finding(
        f"{STALLED} stalled clients: others' photos stored", f"{stored.count(201)} of 10", set(stored) == {201}
    )


def end_under_load(stack: Stack) -> Iterator[Finding]:
    """SIGTERM to gunicorn, while eight clients send one photo after the other."""
    carl, _ = stack.client.signed_up(f"carl{time.monotonic_ns()}", PASSWORD)
    before, over = count_rows(stack), threading.Event()
    answers: Counter[str] = Counter()

    def send(first: int) -> None:
        for number in range(first, first + 100_000):
            if over.is_set():
                return
            answers[_answer_of(carl, number)] += 1

    threads = [threading.Thread(target=send, args=[(n + 1) * 1_000_000]) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    status, seconds = stack.stop_gunicorn()
    over.set()
    for thread in threads:
        thread.join()
    stored = count_rows(stack) - before
    yield Finding(
        "SIGTERM under load: exit status and seconds", f"{status}, {seconds:.1f} s", status == 0 and seconds < 15
    )
    yield Finding(
        "SIGTERM under load: stored, and acknowledged",
        f"{stored}, {answers['201']}",
        stored == answers["201"] > 0,
    )
    told = {name: count for name, count in answers.items() if name != "201"}
    yield Finding("SIGTERM under load: others are told when to come back", f"{told}", set(told) <= {"503 busy"})


def count_rows(stack: Stack) -> int:
    with psycopg.connect(stack.app.environment["DATABASE_URL"]) as connection:
        found = connection.execute("SELECT COUNT(*) FROM classifier_prediction").fetchone()
    return int(found[0]) if found else 0


def addresses_in_the_log(stack: Stack) -> Finding:
    """The client's own, whatever a header says of another."""
    stack.client.get("/sign-in/", X_Forwarded_For="203.0.113.9")
    found = set(re.findall(r'"address": ?"([^"]*)"', stack.log))
    return Finding("addresses in the log, of clients that say they are others", f"{found}", found == {"127.0.0.1"})


def _answer_of(client: Client, number: int) -> str:
    try:
        answer = client.upload(photo(number))
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    return f"{answer.status} {answer.code}".strip()
