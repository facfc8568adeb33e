"""Stalled connections and more photos than can be worked on: everybody else is served as if nothing happened."""

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator

from benchmarks.live.beside import beside
from benchmarks.live.client import Response
from benchmarks.live.photos import photo
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from benchmarks.results import quantile
from faults.finding import Finding

STALLED, CLIENTS, SECONDS = 500, 64, 10.0
PAUSE_S = 0.5
"""How long a refused client waits: less than it is asked to."""


def run() -> list[Finding]:
    with running() as server:
        return [*_stalled(server), *_overload(server)]


def _stalled(server: LiveServer) -> list[Finding]:
    heads = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nX: ", _body_head(server), _body_head(server)]
    with contextlib.ExitStack() as stack:
        stalled = []
        for number in range(STALLED):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            connection.sendall(heads[number % len(heads)])
            stalled.append(connection)
        dripping = [connection for number, connection in enumerate(stalled) if number % 5 in (2, 4)]
        with _dripped(dripping):
            healthy_ms = [server.request("GET", "/livez").seconds * 1000 for _ in range(300)]
            cut_s = _seconds_until_cut(stalled)
    p99 = quantile(healthy_ms, 0.99)
    return [
        Finding(f"{STALLED} stalled connections: a healthy request, p99", f"{p99:.1f} ms", p99 < 50),
        Finding("stalled connections are all cut", f"after {cut_s:.0f} s", cut_s < 60),
    ]


def _body_head(server: LiveServer) -> bytes:
    token = server.authorization["Authorization"]
    return (
        f"POST {PREDICTIONS} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Authorization: {token}\r\nContent-Length: 100000\r\n\r\nhalf a body"
    ).encode()


@contextlib.contextmanager
def _dripped(connections: list[socket.socket]) -> Iterator[None]:
    def drip() -> None:
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.send(b"x")

    with beside(drip, every_s=1):
        yield


def _seconds_until_cut(connections: list[socket.socket]) -> float:
    began = time.monotonic()
    for connection in connections:
        connection.settimeout(max(0.1, 60 - (time.monotonic() - began)))
        with contextlib.suppress(ConnectionError):
            try:
                while connection.recv(1000):
                    pass
            except TimeoutError:
                return float("inf")
    return time.monotonic() - began


def _overload(server: LiveServer) -> list[Finding]:
    answers: list[Response] = []
    photo(0)  # is made once, and not by all clients at the same time
    until = time.monotonic() + SECONDS

    def send(first: int) -> None:
        number = first
        while time.monotonic() < until:
            number += 1
            with contextlib.suppress(http.client.HTTPException, OSError):
                answers.append(server.upload(photo(number)))
                if answers[-1].status != 201:
                    time.sleep(PAUSE_S)

    threads = [threading.Thread(target=send, args=[10_000_000 * number]) for number in range(1, CLIENTS + 1)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    meanwhile = {
        path: quantile([server.request("GET", path).seconds * 1000 for _ in range(30)], 0.95)
        for path in ("/livez", PREDICTIONS, "/admin/login/")
    }
    for thread in threads:
        thread.join()
    refused = [answer for answer in answers if answer.status != 201]
    with_retry_after = [answer for answer in refused if answer.code == "busy" and answer.headers.get("retry-after")]
    p95 = quantile([answer.seconds * 1000 for answer in refused] or [float("inf")], 0.95)
    return [
        Finding(
            f"overload, {CLIENTS} clients: refused with Retry-After",
            f"{len(with_retry_after)} of {len(refused)} refused, {len(answers) - len(refused)} stored",
            len(with_retry_after) == len(refused) > 0,
        ),
        Finding("overload: refused within, p95", f"{p95:.0f} ms", p95 <= 100),
        Finding(
            "overload: /livez, history, admin meanwhile, p95",
            ", ".join(f"{milliseconds:.0f} ms" for milliseconds in meanwhile.values()),
            max(meanwhile.values()) < 500,
        ),
    ]


if __name__ == "__main__":
    print(*run(), sep="\n")
