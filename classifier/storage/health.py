"""Whether photos can be stored and read now, and what an operator should look at."""

import os
import time
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from classifier.errors import ClassifierError, StorageFullError
from classifier.models import MediaFolder
from classifier.storage.bucket import bucket, disagreement, pair
from classifier.storage.folder import FOLDERS, media_folder, name_of
from classifier.storage.local import has_room, refusal_of
from classifier.storage.marker import is_marked
from classifier.storage.pairing import NOT_MOUNTED, check_folder
from classifier.storage.photos import photo_storage

PROBE, PROBE_BYTES = ".probe", 4096
PROBED_EVERY_S = 3.0
FULL = "The disk is full: make room, or set DATA_DIR to a larger one."
SILENT = "Photos cannot be stored: {reason}. Check the bucket of STORAGE_URL, and what its key may do."
UNWRITABLE = "Photos cannot be stored: {reason}. Check the disk of DATA_DIR/media, and whose folder it is."


def problems() -> list[str]:
    """Why photos cannot be stored or read now, and what to do. Raises DatabaseError."""
    media, known = media_folder(), MediaFolder.objects.first()
    tick = int(time.monotonic() / PROBED_EVERY_S) if PROBED_EVERY_S else time.monotonic_ns()
    if media is None:
        return [found] if (found := _asked(tick=tick)) else []
    found = _looked_at(media, tick=tick)
    if found == NOT_MOUNTED and (known is None or known.key is None):
        return []  # it will be made with the first photo
    if not found and not has_room():
        found = FULL
    return [found] if found else []


def warnings() -> list[str]:
    """What keeps no photo from being stored, but needs somebody to look at it. Raises DatabaseError."""
    known = MediaFolder.objects.first()
    return [known.warning] if known and known.warning else []


def examine() -> list[str]:
    """All that `problems` and `warnings` say, and whether what is written is what is read. Raises DatabaseError."""
    found, content = [*problems(), *warnings()], uuid4().bytes
    try:
        check_folder()
        found += _disagreement()
        found += _folders_of_others()
        name = f".examined-{uuid4()}"  # beside the folders: whoever examines must not make one of theirs
        photo_storage().write(name, content)
        try:
            with photo_storage().open(name, "rb") as file:
                if file.read() != content:
                    found.append(f"What is read from {place()} is not what was written. Replace the disk.")
        finally:
            photo_storage().delete(name)
    except (OSError, ClassifierError) as error:
        text = SILENT if media_folder() is None else UNWRITABLE
        found = found or [text.format(reason=error.__cause__ or error)]
    return found


def _folders_of_others() -> list[str]:
    """Folders within that of the photos which this account may not write to."""
    media = media_folder()
    if media is None:
        return []
    folders = sorted(path for kind in FOLDERS for path in [media / kind, *(media / kind).glob("*")] if path.is_dir())
    others = [name_of(path, media) for path in folders if not os.access(path, os.W_OK | os.X_OK)]
    return [UNWRITABLE.format(reason=f"{', '.join(others)}: permission denied")] if others else []


def _disagreement() -> list[str]:
    """Why a bucket is not that of the database; a folder without its marker is found before."""
    if media_folder() is not None:
        return []
    pair()
    return [text] if (text := disagreement()) else []


def place() -> str:
    """Where the photos lie, for people."""
    return str(media_folder() or f"the bucket {bucket().bucket_name}")


@lru_cache(maxsize=1)
def _asked(*, tick: int) -> str:
    """What is wrong with the bucket, found by asking whether it is there once in each `tick`; nothing is written."""
    try:
        bucket().check()
    except ClassifierError as error:
        return SILENT.format(reason=error.__cause__ or error)
    return ""


@lru_cache(maxsize=1)
def _looked_at(media: Path, *, tick: int) -> str:
    """What is wrong with the folder, found by writing to it once in each `tick`."""
    try:
        if not is_marked(media):
            return NOT_MOUNTED
        _write_probe(media / PROBE)
    except OSError as error:
        full = isinstance(refusal_of(error), StorageFullError)
        return FULL if full else UNWRITABLE.format(reason=error.strerror)
    return ""


def _write_probe(path: Path) -> None:
    """Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, bytes(PROBE_BYTES))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
        path.unlink(missing_ok=True)
