"""One file that holds everything a server knows, made while it works, and the way back."""

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from classifier.errors import ClassifierError

FORMAT = 1
DATABASE, MANIFEST, SECRET = "db.sqlite3", "backup.json", "secret_key"
FILES = "SELECT id, image, thumbnail FROM classifier_prediction"


class BackupError(ClassifierError):
    """A backup that cannot be written or restored."""


def write_backup(to: Path) -> int:
    """Writes database, photos, models and secret key into a tar; returns how many predictions it holds.

    The database comes first, as one snapshot, then the files it names: what is uploaded meanwhile is not in it, what
    is deleted meanwhile is taken out of the snapshot too, so that every row has its files. Written under a temporary
    name, synced and renamed. Raises BackupError.
    """
    if connection.vendor != "sqlite":
        raise BackupError("Only SQLite is backed up here. For PostgreSQL use pg_dump first, then copy DATA_DIR.")
    if not to.parent.is_dir():
        raise BackupError(f"There is no folder {to.parent}.")
    descriptor, temporary = tempfile.mkstemp(dir=to.parent, prefix=".backup-")
    try:
        with tempfile.TemporaryDirectory(dir=to.parent) as folder, os.fdopen(descriptor, "wb") as file:
            count = _write(file, Path(folder) / DATABASE)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, to)
    except OSError as error:
        raise BackupError(f"The backup cannot be written: {error}.") from error
    finally:
        Path(temporary).unlink(missing_ok=True)
    return count


def restore_backup(source: Path, data_dir: Path) -> int:
    """Unpacks a backup into a DATA_DIR without a database; returns its number of predictions. Raises BackupError."""
    database = data_dir / DATABASE
    if database.exists() and database.stat().st_size:
        raise BackupError(f"{database} exists. Move it away, or set DATA_DIR to a new folder.")
    data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".restoring-") as folder:
        unpacked = Path(folder)
        manifest = _unpack(source, unpacked)
        for entry in sorted(unpacked.iterdir(), key=lambda path: path.name == DATABASE):
            if entry.name != MANIFEST:
                _put(entry, data_dir / entry.name)
    os.sync()
    return int(manifest["predictions"])


def _write(file: Any, snapshot: Path) -> int:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(snapshot)])
    with tarfile.open(fileobj=file, mode="w") as archive, sqlite3.connect(snapshot) as rows:
        gone = []
        for key, *names in rows.execute(FILES):
            if not all(_add(archive, name) for name in names):
                gone.append((key,))
        rows.executemany("DELETE FROM classifier_idempotencykey WHERE prediction_id = ?", gone)
        rows.executemany("DELETE FROM classifier_prediction WHERE id = ?", gone)
        (count,) = rows.execute("SELECT COUNT(*) FROM classifier_prediction").fetchone()
        rows.commit()
        archive.add(snapshot, DATABASE)
        for name in ("models", SECRET):
            if (Path(settings.DATA_DIR) / name).exists():
                archive.add(Path(settings.DATA_DIR) / name, name)
        _add_manifest(archive, snapshot.with_name(MANIFEST), predictions=count)
    return int(count)


def _add(archive: tarfile.TarFile, name: str) -> bool:
    """Adds a stored file; False when it was deleted meanwhile."""
    try:
        with default_storage.open(name, "rb") as file:
            entry = tarfile.TarInfo(f"media/{name}")
            entry.size, entry.mtime, entry.mode = file.size, int(timezone.now().timestamp()), 0o644
            archive.addfile(entry, file)
    except FileNotFoundError:
        return False
    return True


def _add_manifest(archive: tarfile.TarFile, path: Path, *, predictions: int) -> None:
    facts = {"format": FORMAT, "created_at": timezone.now().isoformat(), "predictions": predictions}
    path.write_text(json.dumps(facts))
    archive.add(path, MANIFEST)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as archive:
            for entry in archive:
                _check_inside(entry, folder)
                archive.extract(entry, folder, set_attrs=False)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, tarfile.TarError, ValueError) as error:
        raise BackupError(f"{source} is no whole backup: {error}.") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{source} was made by another version of this project.")
    return manifest


def _check_inside(entry: tarfile.TarInfo, folder: Path) -> None:
    """Python's own filter is missing before 3.11.4. Raises TarError for anything but a file or folder in `folder`."""
    place = (folder / entry.name).resolve()
    if not (entry.isfile() or entry.isdir()) or not place.is_relative_to(folder.resolve()):
        raise tarfile.TarError(f"{entry.name} is not a file of a backup")


def _put(entry: Path, place: Path) -> None:
    if place.is_dir():
        shutil.copytree(entry, place, dirs_exist_ok=True)
        return
    if entry.name == SECRET:
        entry.chmod(0o600)
    os.replace(entry, place)
