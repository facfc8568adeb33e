"""Backups of a server on PostgreSQL, made under load: one file, replaced by no other, restored to an empty place."""

import hashlib
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.live.photos import photo
from benchmarks.live.postgresql import count_rows, is_installed, make_database, postgresql
from benchmarks.live.refusal import refusal_of
from benchmarks.live.server import LiveServer, serving
from benchmarks.live.uploading import lost, uploading, wait_for
from faults.finding import Finding

PHOTOS = 20
DUMP = "database.dump"
PREDICTIONS = "classifier_prediction"
MADE_BY_SETTINGS = ("tmp", "secret_key")
"""In a folder of data, whatever command is run there."""


def run() -> list[Finding]:
    if not is_installed():
        return [Finding("backup and restore with PostgreSQL", "needs its package, with initdb", None)]
    with tempfile.TemporaryDirectory(prefix="faults-postgresql-") as folder, postgresql() as url:
        server = LiveServer(Path(folder) / "var", {"DATABASE_URL": url})
        server.prepare()
        tar = Path(folder) / "all.tar"
        with serving(server), uploading(server) as stored:
            wait_for(stored, PHOTOS)
            before = dict(stored)
            server.manage("backup", str(tar))
            wait_for(stored, len(stored) + PHOTOS)
            overwritten = _overwritten(server, tar)
        return [_whole(tar), overwritten, _not_empty(server, tar, url), _restored(server, tar, url, before)]


def _whole(tar: Path) -> Finding:
    with tarfile.open(tar) as archive:
        names = archive.getnames()
    files = sum(name.startswith("media/photos/") for name in names)
    return Finding(
        "PostgreSQL: dump, photos and models are in one file",
        f"{DUMP}: {DUMP in names}, {files} files of photos, {len(names)} in all",
        DUMP in names and files >= PHOTOS and any(name.startswith("models/") for name in names),
    )


def _overwritten(server: LiveServer, tar: Path) -> Finding:
    """A second backup of the same name; then one of which it is said that it may."""
    digest = _digest(tar)
    told = refusal_of(server, "backup", str(tar))
    is_kept = _digest(tar) == digest
    beside = tar.with_name("other.tar")
    beside.write_bytes(tar.read_bytes())
    server.manage("backup", "--overwrite", str(beside))
    is_new = _digest(beside) != digest
    return Finding(
        "PostgreSQL: a backup onto another is refused, and replaces it when told to",
        f"refused: {bool(told)}, kept: {is_kept}; replaced: {is_new}",
        "exists" in told and is_kept and is_new,
    )


def _not_empty(server: LiveServer, tar: Path, url: str) -> Finding:
    """An empty folder, but a database with tables."""
    rows = count_rows(url, PREDICTIONS)
    elsewhere = replace(server, home=server.home.with_name("elsewhere"))
    told = refusal_of(elsewhere, "restore", str(tar))
    left = [path.name for path in elsewhere.home.iterdir() if path.name not in MADE_BY_SETTINGS]
    return Finding(
        "PostgreSQL: `restore` into a database that is not empty is refused, and touches nothing",
        f"createdb is named: {'createdb' in told}; {count_rows(url, PREDICTIONS) - rows} rows more, {left}",
        "createdb" in told and count_rows(url, PREDICTIONS) == rows and not left,
    )


def _restored(server: LiveServer, tar: Path, url: str, before: dict[str, int]) -> Finding:
    environment = {**server.environment, "DATABASE_URL": make_database(url, "restored")}
    restored = replace(server, home=server.home.with_name("restored"), environment=environment)
    restored.manage("restore", str(tar))
    rows, files = count_rows(environment["DATABASE_URL"], PREDICTIONS), len(restored.files)
    with serving(restored):
        missed, status = lost(restored, before), restored.upload(photo(0)).status
    return Finding(
        "PostgreSQL: restored to an empty one: photos from before the backup that are lost",
        f"{missed} of {len(before)}; {rows} rows, {files} files; an upload {status}",
        not missed and len(before) > 0 and files == 2 * rows and status == 201,
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    print(*run(), sep="\n")
