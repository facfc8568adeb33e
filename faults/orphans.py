"""A start with a database that does not know the photos: none is removed, and all are there with the right one."""

import contextlib
import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.live.photos import photo
from benchmarks.live.refusal import refusal_of
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from faults.finding import Finding

PHOTOS, LATER = 5, 5
HOUR_S = 3600
SIDE_FILES = ("", "-wal", "-shm")


def run() -> list[Finding]:
    with running() as server:
        for number in range(PHOTOS):
            server.upload(photo(number))
        older = server.home / "older.sqlite3"
        with _opened(server.database) as database:
            database.execute("VACUUM INTO ?", [str(older)])
        for number in range(LATER):
            server.upload(photo(PHOTOS + number))
        keys = [row["id"] for row in server.request("GET", PREDICTIONS).json()["results"]]
        for file in server.files:
            os.utime(file, (time.time() - HOUR_S,) * 2)
        server.kill()
        empty = _make_empty_database(server)
        starts: dict[str, Callable[[], object]] = {
            "an empty database": lambda: shutil.copy(empty, server.database),
            "an older dump": lambda: older.rename(server.database),
            "another server's database": lambda: _give_a_key(empty.rename(server.database)),
        }
        return [finding for name, put in starts.items() for finding in _start_with(server, name, put, keys)]


def _start_with(server: LiveServer, name: str, put: Callable[[], object], keys: list[str]) -> list[Finding]:
    before = set(server.files)
    with _database_away(server):
        put()
        server.start()
        status, warning = _wait_for_warning(server)
        refusal = refusal_of(server, "sweep")
        removed = len(before - set(server.files))
        server.kill()
    server.start()
    found = [server.request("GET", f"{PREDICTIONS}{key}/image/").status for key in keys]
    server.kill()
    return [
        Finding(f"start with {name}: files removed", f"{removed} of {len(before)}", removed == 0 < len(before)),
        Finding(
            f"start with {name}: /readyz tells, sweep refuses",
            f"{status}, {warning[:40]!r}…, {bool(refusal)}",
            status == 200 and "manage.py sweep" in warning and warning in refusal,
        ),
        Finding(
            f"after {name}, the right one: photos there", f"{found.count(200)} of {len(keys)}", set(found) == {200}
        ),
    ]


@contextlib.contextmanager
def _database_away(server: LiveServer) -> Iterator[None]:
    """Its three files are elsewhere, and put back in the end."""
    away = server.home / "away"
    away.mkdir(exist_ok=True)
    _move(server.home, away)
    yield
    for suffix in SIDE_FILES:
        server.database.with_name(f"{server.database.name}{suffix}").unlink(missing_ok=True)
    _move(away, server.home)


def _move(source: Path, to: Path) -> None:
    for suffix in SIDE_FILES:
        file = source / f"db.sqlite3{suffix}"
        if file.exists():
            file.rename(to / file.name)


@contextlib.contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        yield connection
        connection.commit()


def _make_empty_database(server: LiveServer) -> Path:
    """As a new installation has it: with a model, and without an account."""
    (model, *_) = (server.home / "models").iterdir()
    with _database_away(server):
        server.manage("migrate", "--verbosity", "0")
        server.manage("install_model", str(model), "--activate")
        with _opened(server.database) as database:
            database.execute("VACUUM INTO ?", [str(server.home / "empty.sqlite3")])
    return server.home / "empty.sqlite3"


def _give_a_key(path: Path) -> None:
    """What a database has after its first photo, in a folder of its own."""
    with _opened(path) as database:
        row = {"only": 1, "key": uuid.uuid4().hex, "warning": ""}
        database.execute("INSERT INTO classifier_mediafolder VALUES (:only, :key, :warning)", row)


def _wait_for_warning(server: LiveServer, *, timeout_s: float = 15) -> tuple[int, str]:
    """Status and warnings of `/readyz`, once the sweep of the start had its time."""
    until = time.monotonic() + timeout_s
    while True:
        answer = server.request("GET", "/readyz")
        warnings = " ".join(answer.json().get("warnings", []))
        if warnings or time.monotonic() > until:
            return answer.status, warnings
        time.sleep(0.2)


if __name__ == "__main__":
    print(*run(), sep="\n")
