"""Accounts with many photos: deleted and exported, they keep nobody else waiting, and no kill leaves half of one."""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

from benchmarks.live.beside import beside
from benchmarks.live.client import Response
from benchmarks.live.photos import photo
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from benchmarks.results import quantile
from faults.finding import Finding
from faults.held_photos import hold, is_there, left_of

PHOTOS, INTERRUPTED = 50_000, 5000
READERS, EXPORT_PHOTOS, EXPORT_PHOTO_BYTES, READ_BYTES = 18, 6, 6_000_000, 1100
"""Exports read with so many bytes a second each: no less than a server must put up with."""
_EXPORT_MIB = EXPORT_PHOTOS * EXPORT_PHOTO_BYTES // 1024**2
ASKED, WITHIN_S = 30, 10
LIMIT_S = 600
ADA = {"username": "ada", "password": "correct horse battery"}


def run() -> list[Finding]:
    with running() as server:
        return [*_deleted(server), *_read_slowly(server), *_killed(server)]


def _deleted(server: LiveServer) -> list[Finding]:
    """Somebody else sends photos from before the deletion to its end."""
    token, owner = _account(server, photos=PHOTOS)
    before = [server.upload(photo(number)) for number in range(20)]
    resident_mib = server.resident_mib()
    answered: list[Response] = []
    thread = threading.Thread(target=lambda: answered.append(_as(server, token, "DELETE", "/api/v1/me/")))
    began = time.monotonic()
    thread.start()
    during: list[Response] = []
    while is_there(server, owner) and time.monotonic() - began < LIMIT_S:
        during.append(server.upload(photo(1000 + len(during))))
    took_s, grown_mib = time.monotonic() - began, server.resident_mib() - resident_mib
    thread.join()
    slowest_s = max(answer.seconds for answer in during)
    refused = [answer.status for answer in during if answer.status != 201]
    answer_s = answered[0].seconds
    return [
        Finding(
            f"DELETE /api/v1/me/ with {PHOTOS:,} photos answers within a second",
            f"{answered[0].status} after {answer_s * 1000:.0f} ms; gone after {took_s:.0f} s, {grown_mib:+.0f} MiB RSS",
            answer_s < 1 and not is_there(server, owner),
        ),
        Finding(
            "meanwhile, another account's uploads take 1 s at most and none is refused",
            f"{len(during)} x, {len(refused)} refused, slowest {slowest_s * 1000:.0f} ms "
            f"(before: {max(answer.seconds for answer in before) * 1000:.0f} ms)",
            slowest_s <= 1 and not refused,
        ),
        _whole(server, "of the deleted account"),
    ]


def _whole(server: LiveServer, of_what: str) -> Finding:
    """Whether every file has its row, and two for each."""
    until = time.monotonic() + 10
    while len(server.files) != 2 * server.count_rows() and time.monotonic() < until:
        time.sleep(0.1)
    surplus = len(server.files) - 2 * server.count_rows()
    return Finding(f"nothing is left {of_what}", f"{surplus} files too many", surplus == 0)


def _read_slowly(server: LiveServer) -> list[Finding]:
    _as(server, "", "POST", "/api/v1/auth/register/", ADA)
    tokens = server.make_tokens(READERS)
    for token in tokens:
        hold(server, _key_of(server, token), photos=EXPORT_PHOTOS, byte_size=EXPORT_PHOTO_BYTES)
    before = _asked(server)
    with _slow_exports(server, tokens[:1] * READERS) as statuses:
        of_one, told = _asked(server), statuses
    resident_mib = server.resident_mib()
    with _slow_exports(server, tokens) as statuses:
        of_many, grown_mib = _asked(server), server.resident_mib() - resident_mib
    kept = statuses.count(200)
    return [
        Finding(
            f"{READERS} exports of one account at once, read slowly: one is made",
            f"{told.count(200)} x 200, {told.count(409)} x 409",
            told.count(200) == 1 and told.count(409) == READERS - 1,
        ),
        *(_served(f"{READERS} exports of one account", path, before, of_one) for path in before),
        *(_served(f"{kept} slow exports of {READERS} accounts", path, before, of_many) for path in before),
        Finding(
            f"{kept} slow exports, of {_EXPORT_MIB} MiB each, in memory", f"{grown_mib:+.0f} MiB RSS", grown_mib < 150
        ),
    ]


def _served(meanwhile: str, path: str, before: dict[str, list[float]], during: dict[str, list[float]]) -> Finding:
    """A password takes some hundred milliseconds to check, whatever else goes on."""
    usual_ms, p99_ms = (quantile(values[path], 0.99) * 1000 for values in (before, during))
    figure = f"{p99_ms:.0f} ms (before: {usual_ms:.0f} ms)"
    return Finding(f"meanwhile {path}, p99 ({meanwhile})", figure, p99_ms <= max(300, 1.5 * usual_ms))


def _asked(server: LiveServer) -> dict[str, list[float]]:
    """The seconds of each answer; one that does not come is an infinity."""
    calls: dict[str, Callable[[], Response]] = {
        "history": lambda: server.request("GET", PREDICTIONS, timeout_s=WITHIN_S),
        "sign-in page": lambda: _as(server, "", "GET", "/sign-in/", timeout_s=WITHIN_S),
        "signing in": lambda: _as(server, "", "POST", "/api/v1/auth/login/", ADA, timeout_s=WITHIN_S),
    }
    found: dict[str, list[float]] = {name: [] for name in calls}
    for name, call in calls.items():
        for _ in range(ASKED):
            try:
                answer = call()
            except (OSError, http.client.HTTPException):
                found[name].append(float("inf"))
                break
            found[name].append(answer.seconds if answer.status == 200 else float("inf"))
    return found


@contextlib.contextmanager
def _slow_exports(server: LiveServer, tokens: list[str]) -> Iterator[list[int]]:
    """An export for each token, one begun after the other; the statuses. All are read slowly, and then dropped."""
    statuses = []
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(_connection(server, token)) for token in tokens]
        for connection in connections:
            head = connection.recv(READ_BYTES)
            statuses.append(int(head.split()[1]) if head else 0)

        def read() -> None:
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.recv(READ_BYTES)

        with beside(read, every_s=1):
            yield statuses


def _connection(server: LiveServer, token: str) -> socket.socket:
    """One on which an export was asked for; it takes little ahead of its reader."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(
        f"GET /api/v1/me/export/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token {token}\r\n\r\n".encode()
    )
    time.sleep(0.3)
    return connection


def _killed(server: LiveServer) -> list[Finding]:
    token, owner = _account(server, photos=INTERRUPTED)
    status = _as(server, token, "DELETE", "/api/v1/me/").status
    while left_of(server, owner) > INTERRUPTED * 3 // 4:
        time.sleep(0.01)
    server.kill()
    left = left_of(server, owner)
    server.start()
    began = time.monotonic()
    while is_there(server, owner) and time.monotonic() - began < LIMIT_S:
        time.sleep(0.1)
    return [
        Finding(
            f"kill -9 in the middle of a deletion ({INTERRUPTED:,} photos) and a start: it goes on",
            f"{status}; {left:,} rows left, all gone {time.monotonic() - began:.1f} s after the start",
            status == 204 and 0 < left < INTERRUPTED and not is_there(server, owner),
        ),
        _whole(server, "of an account whose deletion was killed"),
    ]


def _account(server: LiveServer, *, photos: int) -> tuple[str, int]:
    """The token of a new account with so many photos, and its primary key."""
    (token,) = server.make_tokens(1)
    owner = _key_of(server, token)
    hold(server, owner, photos=photos)
    return token, owner


def _key_of(server: LiveServer, token: str) -> int:
    return int(_as(server, token, "GET", "/api/v1/me/").json()["id"])


def _as(
    server: LiveServer, token: str, method: str, path: str, body: object = None, *, timeout_s: float = LIMIT_S
) -> Response:
    headers = {"Authorization": f"Token {token}" if token else ""}
    return server.request(method, path, json.dumps(body).encode() if body else None, headers, timeout_s=timeout_s)


if __name__ == "__main__":
    print(*run(), sep="\n")
