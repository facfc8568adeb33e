"""A disk of photos that is not mounted, read-only, or no folder at all: told, never a 500, and over when it is back."""

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.live.photos import photo
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from faults.finding import Finding

UNAVAILABLE = (503, "storage_unavailable")
LOOKED_AT_AGAIN_S = 4


def run() -> list[Finding]:
    if os.geteuid() != 0:
        return [Finding("disk of photos not mounted, read-only", "needs root, to mount one", None)]
    with _mounted_media() as (home, disk), running(home=home) as server:
        keys = [server.upload(photo(number)).json()["id"] for number in range(2)]
        return [
            *_while_away(server, keys[0], "not mounted", lambda: _unmount(server.media), lambda: _mount(disk, server)),
            *_while_away(server, keys[0], "a file", lambda: _replace(server), lambda: _put_back(server, disk)),
            *_while_read_only(server, kept=keys[0], deleted=keys[1]),
        ]


def _while_away(
    server: LiveServer, key: str, state: str, take: Callable[[], object], give_back: Callable[[], object]
) -> list[Finding]:
    take()
    answers = [server.upload(photo(9)), *(server.request("GET", path) for path in _paths(key))]
    ready = _ready(server)
    left = len(server.files)
    give_back()
    again = [server.upload(photo(10)).status, *(server.request("GET", path).status for path in _paths(key))]
    said = {(answer.status, answer.code) for answer in answers}
    waits = all("retry-after" in answer.headers for answer in answers)
    return [
        Finding(
            f"media {state}: upload, photo, thumbnail, export",
            f"{said}, Retry-After: {waits}",
            said == {UNAVAILABLE} and waits,
        ),
        Finding(f"media {state}: /readyz; files written there", f"{ready}, {left}", (ready, left) == (503, 0)),
        Finding(
            f"media {state}, then back: the same, /readyz",
            f"{again}, {_ready(server)}",
            (again, _ready(server)) == ([201, 200, 200, 200], 200),
        ),
    ]


def _while_read_only(server: LiveServer, *, kept: str, deleted: str) -> list[Finding]:
    files, rows = len(server.files), server.count_rows()
    _remount(server.media, "ro")
    upload, seen = server.upload(photo(20)), server.request("GET", _paths(kept)[0]).status
    delete, ready = server.request("DELETE", f"{PREDICTIONS}{deleted}/").status, _ready(server)
    stuck = len(server.files)
    _remount(server.media, "rw")
    server.manage("sweep")
    swept = len(server.files)
    again, ready_again = server.upload(photo(21)).status, _ready(server)
    said = (upload.status, upload.code)
    return [
        Finding(
            "media read-only: upload, photo, /readyz",
            f"{said}, {seen}, {ready}",
            (said, seen, ready) == (UNAVAILABLE, 200, 503),
        ),
        Finding(
            "media read-only: a deletion; its files, then after the sweep",
            f"{delete}, {stuck - files + 2} then {swept - files + 2}",
            (delete, stuck, swept) == (204, files, files - 2) and server.count_rows() == rows,
        ),
        Finding("media writable again", f"upload {again}, /readyz {ready_again}", (again, ready_again) == (201, 200)),
    ]


def _paths(key: str) -> tuple[str, ...]:
    return f"{PREDICTIONS}{key}/image/", f"{PREDICTIONS}{key}/thumbnail/", "/api/v1/me/export/"


def _ready(server: LiveServer) -> int:
    """The status of `/readyz`, which looks at the disk every few seconds."""
    time.sleep(LOOKED_AT_AGAIN_S)
    return server.request("GET", "/readyz").status


@contextlib.contextmanager
def _mounted_media() -> Iterator[tuple[Path, Path]]:
    """A home whose media/ is another folder, mounted there."""
    with tempfile.TemporaryDirectory(prefix="faults-mount-") as folder:
        home, disk = Path(folder) / "home", Path(folder) / "disk"
        (home / "media").mkdir(parents=True)
        disk.mkdir()
        _run("mount", "--bind", str(disk), str(home / "media"))
        try:
            yield home, disk
        finally:
            subprocess.run(["umount", "--lazy", str(home / "media")], check=False, capture_output=True)


def _mount(disk: Path, server: LiveServer) -> None:
    _run("mount", "--bind", str(disk), str(server.media))


def _unmount(place: Path) -> None:
    _run("umount", "--lazy", str(place))


def _replace(server: LiveServer) -> None:
    _unmount(server.media)
    server.media.rmdir()
    server.media.touch()


def _put_back(server: LiveServer, disk: Path) -> None:
    server.media.unlink()
    server.media.mkdir()
    _mount(disk, server)


def _remount(place: Path, mode: str) -> None:
    _run("mount", "-o", f"remount,bind,{mode}", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    print(*run(), sep="\n")
