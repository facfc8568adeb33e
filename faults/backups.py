"""What a copy, a backup and a restore hold after SIGTERM, after kill -9 and under load."""

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.live.refusal import refusal_of
from benchmarks.live.server import LiveServer, running, serving
from benchmarks.live.uploading import lost, uploading, wait_for
from faults.finding import Finding

PHOTOS = 20
JOURNALS = ("db.sqlite3-wal", "db.sqlite3-shm")
IN_THE_WAY = ("db.sqlite3", *JOURNALS, "media", "models")


def run() -> list[Finding]:
    home = Path(tempfile.mkdtemp(prefix="faults-backups-"))
    try:
        with running(home=home / "var") as server:
            return [*_after_the_end(server), *_after_a_crash(server)]
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _after_the_end(server: LiveServer) -> list[Finding]:
    """A plain copy of db.sqlite3, once the server was told to end."""
    with uploading(server) as stored:
        wait_for(stored, PHOTOS)
    status, copy = server.stop(), server.home.parent / "copy.sqlite3"
    left = [name for name in JOURNALS if (server.home / name).exists()]
    shutil.copy(server.database, copy)
    missing, check = len(set(stored) - _ids_in(copy)), _integrity(copy)
    server.start()
    return [
        Finding(
            "SIGTERM: exit status, journals left beside the database", f"{status}, {left}", (status, left) == (0, [])
        ),
        Finding(
            "SIGTERM: photos missing from a copy of db.sqlite3 alone",
            f"{missing} of {len(stored)}, integrity {check}",
            not missing and check == "ok" and len(stored) > 0,
        ),
    ]


def _after_a_crash(server: LiveServer) -> list[Finding]:
    """A backup under load, photos after it, kill -9, then what an operator may do in a hurry."""
    tar, before = server.home.parent / "all.tar", {}
    with uploading(server) as stored:
        wait_for(stored, PHOTOS)
        before.update(stored)
        server.manage("backup", str(tar))
        wait_for(stored, len(stored) + PHOTOS)
        server.kill()
    wal_bytes = (server.home / JOURNALS[0]).stat().st_size
    kept = _digests(server.home)
    told = refusal_of(server, "restore", str(tar))
    server.database.rename(server.home / "db.broken")
    hasty = refusal_of(server, "restore", str(tar))
    (server.home / "db.broken").rename(server.database)
    is_untouched = _digests(server.home) == kept
    moved = server.home.rename(server.home.with_name("var.before"))
    restored = replace(server, home=server.home, process=None)
    restored.manage("restore", str(tar))
    check = _integrity(restored.database)
    with serving(restored):
        missed = lost(restored, before)
        without_photo = restored.count_rows() - len(restored.files) // 2
    missing = len(set(stored) - _ids_in(moved / "db.sqlite3"))
    return [
        Finding(
            f"kill -9, {wal_bytes:,} bytes of journal: `restore` names it, and touches nothing",
            f"{_named(told)} of {len(IN_THE_WAY)} named, {_named(hasty)} without db.sqlite3; untouched: {is_untouched}",
            wal_bytes > 0 and is_untouched and _named(told) == len(IN_THE_WAY) == _named(hasty) + 1,
        ),
        Finding(
            "restored after it: integrity, photos from before the backup that are lost",
            f"{check}, {missed} of {len(before)}; rows without photo: {without_photo}",
            (check, missed, without_photo) == ("ok", 0, 0) and len(before) > 0,
        ),
        Finding(
            "what was moved away: acknowledged photos that are lost",
            f"{missing} of {len(stored)}",
            not missing and len(stored) > len(before),
        ),
    ]


def _named(told: str) -> int:
    """How much of what is in the way a refusal names."""
    words = told.replace(",", " ").split()
    return sum(any(word.rstrip(".").endswith(f"/var/{name}") for word in words) for name in IN_THE_WAY)


def _ids_in(database: Path) -> set[str]:
    """Of the predictions, as the API writes them."""
    with contextlib.closing(sqlite3.connect(database)) as rows:
        keys = [key for (key,) in rows.execute("SELECT id FROM classifier_prediction")]
    return {f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}" for key in keys}


def _integrity(database: Path) -> str:
    with contextlib.closing(sqlite3.connect(database)) as rows:
        try:
            return str(rows.execute("PRAGMA integrity_check").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)


def _digests(folder: Path) -> dict[str, str]:
    """Of each file of a server's data."""
    names = [*folder.glob("db.*"), *(folder / "media").rglob("*"), *(folder / "models").rglob("*")]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in names if path.is_file()}


if __name__ == "__main__":
    print(*run(), sep="\n")
