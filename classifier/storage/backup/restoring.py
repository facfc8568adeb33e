"""A server from a backup, in an empty folder: all of it, or nothing."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from django.core.management import CommandError
from django.db import DatabaseError, connection

from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.manifest import Manifest
from classifier.storage.backup.packing import MEDIA, MODELS
from classifier.storage.backup.served import served_database
from classifier.storage.backup.settling import settle
from classifier.storage.backup.unpacking import Unpacked, unpack
from classifier.storage.folder import media_folder

UNFINISHED = ".restoring-"
BUCKET = (
    "Photos are restored to a folder: leave STORAGE_URL out. To serve them from a bucket, copy what is in "
    "DATA_DIR/media into an empty one, set STORAGE_URL, and run manage.py sweep --adopt."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A server that may be started."""

    manifest: Manifest
    ignored: tuple[str, ...]
    """What was in the tar and is not part of a backup."""


def restore_backup(source: Path, data_dir: Path) -> Restored:
    """Makes the database that the settings name, and media/ and models/ in `data_dir`, from a backup.

    Nothing is where a server looks for it until the database is whole, rows and files are those that were backed up,
    and the database is migrated to this version. Raises BackupError, leaving nothing.
    """
    try:
        source.stat()  # before anybody is told to make room for it
        check_empty(source, data_dir)
        data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data_dir, prefix=UNFINISHED) as folder:
            unpacked = unpack(source, Path(folder))
            _restore(unpacked, data_dir)
    except (BackupError, DatabaseError, CommandError, OSError) as error:
        text = str(error) if isinstance(error, BackupError) else f"{str(error).strip()}."
        raise BackupError(f"{source} cannot be restored. Nothing was changed. {text}") from error
    return Restored(unpacked.manifest, unpacked.ignored)


def check_empty(source: Path, data_dir: Path) -> None:
    """Raises BackupError that names everything in the way of a restore, and what to type next."""
    if media_folder() is None:
        raise BackupError(BUCKET)
    database = served_database()
    folders = [data_dir / name for name in (MEDIA, MODELS)]
    files = [*database.files(), *filter(_holds_something, folders), *sorted(data_dir.glob(f"{UNFINISHED}*"))]
    if files:
        outside = [file for file in files if not file.is_relative_to(data_dir)]
        moved = [*([data_dir] if len(outside) < len(files) else []), *outside]
        raise BackupError(
            f"It needs an empty place, and there is {', '.join(map(str, files))}.\n"
            "Stop the server, keep all of that together, and restore again:\n"
            + "".join(f"  mv {quote(str(path))} {quote(str(_free_name(path)))}\n" for path in moved)
            + f"Or restore beside it:\n  DATA_DIR={quote(f'{data_dir}.restored')} "
            f"manage.py restore {quote(str(source.resolve()))}"
        )
    database.check_empty()


def _holds_something(path: Path) -> bool:
    return path.is_symlink() or path.is_file() or (path.is_dir() and any(path.iterdir()))


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.before{number or ''}") for number in range(1000))
    return next(name for name in names if not name.exists())


def _check_kind(manifest: Manifest) -> None:
    if manifest.database == connection.vendor:
        return
    wanted = "unset DATABASE_URL" if manifest.database == "sqlite" else "set DATABASE_URL to an empty PostgreSQL"
    raise BackupError(
        f"It is of a server with {manifest.database}, and the settings are for {connection.vendor}: {wanted} first."
    )


def _restore(unpacked: Unpacked, data_dir: Path) -> None:
    """Raises BackupError, DatabaseError or CommandError, leaving nothing."""
    _check_kind(unpacked.manifest)
    with ExitStack() as undo:
        with served_database().restored(unpacked.database):
            settle(unpacked)
            for folder in (unpacked.models, unpacked.media):
                _move(folder, data_dir / folder.name, undo)
            os.sync()  # of so many files at once; then the database may have its name
        undo.pop_all()


def _move(folder: Path, place: Path, undo: ExitStack) -> None:
    """An empty folder that is there stays: it may be another disk."""
    if not folder.is_dir():
        return
    moves = [(child, place / child.name) for child in folder.iterdir()] if place.is_dir() else [(folder, place)]
    for source, target in moves:
        undo.callback(_discard, target)
        shutil.move(source, target)


def _discard(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
