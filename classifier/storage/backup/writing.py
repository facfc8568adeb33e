"""Everything that a server stores in one file, made while it works."""

import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils import timezone

from classifier.models import Prediction
from classifier.process.fsync import sync
from classifier.storage.backup.databases import ENTRIES, Row
from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.manifest import NAME, Manifest
from classifier.storage.backup.packing import Packing
from classifier.storage.backup.served import served_database
from classifier.storage.pages import batches


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that is on the disk."""

    path: Path
    manifest: Manifest


def write_backup(to: Path, *, overwrite: bool = False) -> Written:
    """Writes database, photos and models into a tar; in a folder, it gets a name with the moment in it.

    The database comes first, as of one moment, then the files that it names: what is uploaded meanwhile is not in it,
    and what is deleted meanwhile is noted, so that it does not come back. The file has a temporary name until it is
    whole and on the disk. Raises BackupError, and FileExistsError's one unless `overwrite`.
    """
    file = to / f"classifier-{timezone.now():%Y-%m-%d-%H%M%S}.tar" if to.is_dir() else to
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}. Make it first: mkdir -p {file.parent}")
    if not overwrite and (file.exists() or file.is_symlink()):
        raise _existing(file)
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            written = _write(Path(folder))
            _rename(written.path, file, overwrite=overwrite)
        sync(file.parent)
    except OSError as error:
        raise BackupError(f"The backup cannot be written: {error}.") from error
    except (DatabaseError, sqlite3.Error) as error:  # the snapshot of SQLite is read past Django
        raise BackupError(f"The database cannot be read: {error}. manage.py doctor says more.") from error
    return Written(file, written.manifest)


def _write(folder: Path) -> Written:
    database = served_database()
    tar, snapshot = folder / "backup.tar", folder / ENTRIES[connection.vendor]
    with open(tar, "xb", opener=_open_for_owner) as file:
        with tarfile.open(fileobj=file, mode="w", dereference=True) as archive:
            packing = Packing(archive)
            created_at = timezone.now()
            with database.snapshot(snapshot) as rows:
                predictions, missing = _add_photos(packing, rows)
            packing.add_media_root()
            if missing and not packing.files:
                raise BackupError(
                    f"The database knows {predictions:,} photos, and there is no file of them. Is their disk mounted?"
                )
            packing.add_models()
            packing.add_file(snapshot, snapshot.name)
            manifest = Manifest(
                created_at=created_at.isoformat(),
                database=connection.vendor,
                predictions=predictions,
                files=packing.files,
                without_photo=len(missing),
                deleted=_deleted(missing),
            )
            packing.add_manifest(folder / NAME, manifest)
        file.flush()
        os.fsync(file.fileno())
    return Written(tar, manifest)


def _add_photos(packing: Packing, rows: Iterable[Row]) -> tuple[int, list[UUID]]:
    """The number of rows, and those a file of which is not there."""
    count, missing = 0, []
    for key, *names in rows:
        count += 1
        added = [packing.add_stored(name) for name in names]
        if not all(added):
            missing.append(key)
    return count, missing


def _deleted(missing: list[UUID]) -> tuple[UUID, ...]:
    """Those whose row has gone since: a deletion removes it first. The others were lost before, and are kept so."""
    there: set[UUID] = set()
    for batch in batches(missing):
        there.update(Prediction.objects.filter(pk__in=batch).values_list("pk", flat=True))
    return tuple(key for key in missing if key not in there)


def _rename(written: Path, file: Path, *, overwrite: bool) -> None:
    """Raises BackupError when another backup has taken the name meanwhile."""
    if overwrite:
        os.replace(written, file)
        return
    try:
        os.link(written, file)
    except FileExistsError:
        raise _existing(file) from None
    except OSError:  # a file system without links
        if file.exists():
            raise _existing(file) from None
        os.rename(written, file)


def _existing(file: Path) -> BackupError:
    return BackupError(f"{file} exists. Choose another name, or replace it: manage.py backup --overwrite {file}")


def _open_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
