"""A disk that fills up and a database that is locked."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.live.photos import photo
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from faults.finding import Finding

ROOM_MIB, LEFT_MIB = 96, 6
"""Of a small disk, and what is left of it for photos when the model is there."""
LOOKED_AT_AGAIN_S = 4
"""`/readyz` looks at the disk every few seconds."""
SMALL = {"CLASSIFIER_MIN_FREE_BYTES": "1000000", "LOG_LEVEL": "WARNING"}


def run() -> list[Finding]:
    return [*_full_disk(), *_brimful_disk(), *_locked_database()]


def _full_disk() -> list[Finding]:
    if os.geteuid() != 0:
        return [Finding("disk full and back", "needs root, for a small disk of its own", None)]
    with _small_disk() as disk, running(home=disk, environment=SMALL) as server:
        _fill(disk / "other", leave_mib=LEFT_MIB)
        answers = [server.upload(photo(number)) for number in range(400)]
        refused = [answer for answer in answers if answer.status != 201]
        stored = len(answers) - len(refused)
        whole = len(server.files) == 2 * server.count_rows() == 2 * stored
        ready, history = server.request("GET", "/readyz"), server.request("GET", PREDICTIONS)
        _fill(disk / "filler")
        brimful = server.upload(photo(500, width=4032, height=3024))
        history_then = server.request("GET", PREDICTIONS).status
        subprocess.run(["mount", "-o", f"remount,size={4 * ROOM_MIB}m", str(disk)], check=True)
        again = server.upload(photo(1000)).status
        time.sleep(LOOKED_AT_AGAIN_S)
        is_ready = server.request("GET", "/readyz").status
    codes = {(answer.status, answer.code) for answer in refused}
    return [
        Finding("disk full: answers beyond the room", f"{len(refused)} x {codes}", codes == {(507, "storage_full")}),
        Finding("disk full: nothing half stored", f"{stored} stored, all whole: {whole}", whole and stored > 0),
        Finding(
            "disk full: /readyz names it, history stays",
            f"{ready.status} {ready.json().get('problems')}, {history.status}",
            ready.status == 503 and b"disk" in ready.body and history.status == 200,
        ),
        Finding(
            "not a byte left: a large photo, history",
            f"{brimful.status} {brimful.code}, {history_then}",
            (brimful.status, brimful.code, history_then) == (507, "storage_full", 200),
        ),
        Finding("disk with room again", f"upload {again}, /readyz {is_ready}", (again, is_ready) == (201, 200)),
    ]


def _brimful_disk() -> list[Finding]:
    """Another program took the last byte, and none was kept free: people can make room, and the operator is told."""
    if os.geteuid() != 0:
        return []
    with _small_disk() as disk, running(home=disk, environment={**SMALL, "CLASSIFIER_MIN_FREE_BYTES": "0"}) as server:
        _fill(disk / "other", leave_mib=LEFT_MIB)
        keys = [server.upload(photo(number)).json()["id"] for number in range(8)]
        _fill(disk / "filler")
        refused = server.upload(photo(20, width=4032, height=3024))
        ready = server.request("GET", "/readyz")
        deleted = [server.request("DELETE", f"{PREDICTIONS}{key}/").status for key in keys]
        left = server.count_rows(), len(server.files)
        (disk / "filler").unlink()
        time.sleep(LOOKED_AT_AGAIN_S)
        again, is_ready = server.upload(photo(21)).status, server.request("GET", "/readyz").status
    return [
        Finding(
            "not a byte kept free: upload, /readyz",
            f"{refused.status} {refused.code}, {ready.status}",
            (refused.code, ready.status) == ("storage_full", 503) and b"disk" in ready.body,
        ),
        Finding(
            "not a byte left: deleting one's own photos",
            f"{deleted.count(204)} of {len(keys)}, {left[0]} rows and {left[1]} files left",
            set(deleted) == {204} and left == (0, 0),
        ),
        Finding("room again", f"upload {again}, /readyz {is_ready}", (again, is_ready) == (201, 200)),
    ]


def _fill(path: Path, *, leave_mib: int = 0) -> None:
    if leave_mib:
        with path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(path.parent).free - leave_mib * 1024**2)
        return
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass


@contextlib.contextmanager
def _small_disk() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="faults-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM_MIB}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def _locked_database() -> list[Finding]:
    with running() as server:
        server.upload(photo(0))
        short, long = _upload_while_locked(server, 5), _upload_while_locked(server, 60)
        after = server.upload(photo(9)).status
    return [
        Finding("database locked 5 s", f"{short[0]} after {short[1]:.1f} s", short[0] == 201),
        Finding(
            "database locked 60 s",
            f"{long[0]} after {long[1]:.1f} s, Retry-After {long[2]}, then {after}",
            long[0] == 503 and bool(long[2]) and after == 201,
        ),
    ]


def _upload_while_locked(server: LiveServer, seconds: float) -> tuple[int, float, str]:
    locked, done = threading.Event(), threading.Event()

    def lock() -> None:
        with contextlib.closing(sqlite3.connect(server.database, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            locked.set()
            done.wait(seconds)
            database.execute("ROLLBACK")

    thread = threading.Thread(target=lock)
    thread.start()
    locked.wait()
    answer = server.upload(photo(int(time.time() * 1000)))
    done.set()
    thread.join()
    return answer.status, answer.seconds, answer.headers.get("retry-after", "")


if __name__ == "__main__":
    print(*run(), sep="\n")
