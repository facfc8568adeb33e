"""Clients that begin and do not go on, or read slowly: everybody else is served as if they were not there."""

import contextlib
import http.client
import json
import multiprocessing
import os
import resource
import selectors
import socket
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.live import client
from benchmarks.live.beside import beside
from benchmarks.live.client import CONTENT_TYPE, multipart
from benchmarks.live.photos import photo
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from benchmarks.results import quantile
from faults.finding import Finding

HALF_SENT, HALF_BYTES, BODY_BYTES = 2050, 30_000, 1_000_000
PARKED, PARKED_BYTES = 40, 19_990_000
SLOW_READERS, READ_BYTES, READ_EVERY_S = 18, 1000, 1.0
HONEST_BYTES_PER_S, CUT_WITHIN_S = 20_000, 60
EVE = {"username": "eve-who-signs-in", "password": "correct horse battery"}


def run() -> list[Finding]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with running() as server:
            return [*_half_sent(server), _parked(server), *_slow_readers(server), _honest(server)]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _half_sent(server: LiveServer) -> list[Finding]:
    with _closing_all() as connections, _watched(server, "/livez") as times_ms:
        began = time.monotonic()
        for number in range(HALF_SENT):
            _begin(server, connections, BODY_BYTES, HALF_BYTES, signed_in=bool(number % 2))
        left = _wait_until_cut(connections, began + CUT_WITHIN_S)
        cut_s = time.monotonic() - began
    slowest_ms = max(times_ms)
    return [
        Finding(
            f"{HALF_SENT} half-sent bodies from one address: /livez meanwhile",
            f"{slowest_ms:.0f} ms at most, p99 {quantile(times_ms, 0.99):.0f} ms, {len(times_ms)} asked",
            slowest_ms <= 300,
        ),
        Finding("they are all cut", f"{HALF_SENT - left} within {cut_s:.0f} s", left == 0),
    ]


def _parked(server: LiveServer) -> Finding:
    """A fast beginning: nearly all of a large body, then silence; half of the clients are strangers."""
    with _closing_all() as connections:
        began = time.monotonic()
        most_mib = 0.0
        for number in range(PARKED):
            _begin(server, connections, PARKED_BYTES + 10_000, PARKED_BYTES, signed_in=bool(number % 2))
            most_mib = max(most_mib, _temporary_mib(server))
        left = _wait_until_cut(connections, time.monotonic() + CUT_WITHIN_S)
    return Finding(
        f"{PARKED} bodies of 20 MB stop before their end: what they have on the disk, and how long",
        f"{most_mib:.0f} MiB, {PARKED - left} cut after {time.monotonic() - began:.0f} s",
        most_mib <= 300 and left == 0,
    )


def _slow_readers(server: LiveServer) -> list[Finding]:
    """Of a photo larger than all buffers; each then asks for the history, too."""
    large = photo(0, width=4032, height=3024) + bytes(19_000_000 - 2_500_000)
    path = server.upload(large).json()["image"]["url"].partition("/api")[2]
    server.request("POST", "/api/v1/auth/register/", json.dumps(EVE).encode())
    alone_ms = quantile(_sign_ins_ms(server), 0.99)
    with _closing_all() as connections, _drunk_in_sips(connections):
        for number in range(SLOW_READERS):
            asked = "Range: bytes=1-\r\n" if number % 2 else ""
            connection = _connect(server, connections)
            head = f"Host: localhost\r\nAuthorization: {server.authorization['Authorization']}\r\n"
            connection.sendall(f"GET /api{path} HTTP/1.1\r\n{head}{asked}\r\n".encode())
            connection.sendall(f"GET {PREDICTIONS} HTTP/1.1\r\n{head}\r\n".encode())
        time.sleep(2)
        history = [server.request("GET", PREDICTIONS).seconds * 1000 for _ in range(200)]
        sign_in_ms = quantile(_sign_ins_ms(server), 0.99)
    history_ms = quantile(history, 0.99)
    return [
        Finding(
            f"{SLOW_READERS} slow readers of a 19-MB photo: history and sign-in, p99",
            f"{history_ms:.0f} ms and {sign_in_ms:.0f} ms; a sign-in alone {alone_ms:.0f} ms",
            history_ms <= 300 and sign_in_ms <= max(300, 1.5 * alone_ms),
        )
    ]


def _sign_ins_ms(server: LiveServer) -> list[float]:
    body = json.dumps(EVE).encode()
    return [server.request("POST", "/api/v1/auth/login/", body).seconds * 1000 for _ in range(20)]


def _honest(server: LiveServer) -> Finding:
    """A bad network, but one that goes on."""
    body = multipart(photo(77))
    with _closing_all() as connections:
        connection = _connect(server, connections)
        connection.sendall(_head(server, len(body), signed_in=True))
        began = time.monotonic()
        for start in range(0, len(body), HONEST_BYTES_PER_S):
            connection.sendall(body[start : start + HONEST_BYTES_PER_S])
            time.sleep(1)
        connection.settimeout(30)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
    return Finding(
        f"an upload at {HONEST_BYTES_PER_S // 1000} KB a second",
        f"{answer.status} after {time.monotonic() - began:.0f} s",
        answer.status == 201,
    )


@contextlib.contextmanager
def _closing_all() -> Iterator[list[socket.socket]]:
    connections: list[socket.socket] = []
    try:
        yield connections
    finally:
        for connection in connections:
            connection.close()


def _connect(server: LiveServer, connections: list[socket.socket]) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", server.port))
    connections.append(connection)
    return connection


def _begin(server: LiveServer, connections: list[socket.socket], length: int, sent: int, *, signed_in: bool) -> None:
    """Sends the beginning of a body; it may be refused meanwhile."""
    with contextlib.suppress(OSError):
        connection = _connect(server, connections)
        connection.sendall(_head(server, length, signed_in=signed_in) + bytes(sent))


def _head(server: LiveServer, length: int, *, signed_in: bool) -> bytes:
    token = f"Authorization: {server.authorization['Authorization']}\r\n" if signed_in else ""
    return (
        f"POST {PREDICTIONS} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {CONTENT_TYPE}\r\n{token}"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def _wait_until_cut(connections: list[socket.socket], deadline: float) -> int:
    """How many are still open then; what the server says first is read."""
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            connection.setblocking(False)
            selector.register(connection, selectors.EVENT_READ)
        while (open_still := len(selector.get_map())) and time.monotonic() < deadline:
            for key, _ in selector.select(timeout=1):
                with contextlib.suppress(BlockingIOError):
                    if _is_over(key.fileobj):
                        selector.unregister(key.fileobj)
    return open_still


def _is_over(connection: object) -> bool:
    assert isinstance(connection, socket.socket)
    try:
        return not connection.recv(65536)
    except ConnectionError:
        return True


@contextlib.contextmanager
def _watched(server: LiveServer, path: str) -> Iterator[list[float]]:
    """How many milliseconds each request takes while the block runs; asked by a process that does nothing else."""
    times_ms: list[float] = []
    here, there = multiprocessing.Pipe()
    asking = multiprocessing.Process(target=_ask, args=(server.port, path, there))
    asking.start()
    try:
        yield times_ms
    finally:
        here.send("stop")
        times_ms += here.recv()
        asking.join()


def _ask(port: int, path: str, told: Connection) -> None:
    times_ms = []
    while not told.poll(0.1):
        began = time.perf_counter()
        with contextlib.suppress(OSError, http.client.HTTPException):
            client.request(port, "GET", path, timeout_s=30)
        times_ms.append((time.perf_counter() - began) * 1000)
    told.send(times_ms)


@contextlib.contextmanager
def _drunk_in_sips(connections: list[socket.socket]) -> Iterator[None]:
    def sip() -> None:
        for connection in tuple(connections):
            with contextlib.suppress(OSError):
                connection.recv(READ_BYTES)

    with beside(sip, every_s=READ_EVERY_S):
        yield


def _temporary_mib(server: LiveServer) -> float:
    """Of the nameless files that the server has open."""
    found = 0
    for link in Path(f"/proc/{server.process.pid if server.process else 0}/fd").iterdir():
        with contextlib.suppress(OSError):
            if "(deleted)" in os.readlink(link):
                found += link.stat().st_size
    return found / 1024**2


if __name__ == "__main__":
    print(*run(), sep="\n")
