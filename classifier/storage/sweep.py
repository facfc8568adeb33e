"""What a crash leaves behind: files without rows go, rows without files are marked."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, close_old_connections

from classifier.conf import conf
from classifier.models import Prediction

BATCH = 500
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    removed_files: int = 0
    lost_photos: int = 0
    found_photos: int = 0


def sweep() -> Swept:
    """Removes files that no row names and that are too old to be in flight; marks the rows whose photo is gone.

    Nothing is done for storage that is not a folder.
    """
    if not isinstance(default_storage, FileSystemStorage):
        return Swept()
    swept = Swept(_remove_orphans(Path(default_storage.path(""))), _mark_lost(), _mark_found())
    if swept != Swept():
        logger.warning(
            "Swept: %d files without a row removed, %d photos lost, %d found again.",
            swept.removed_files,
            swept.lost_photos,
            swept.found_photos,
        )
    return swept


def sweep_in_background(*, pause: Callable[[float], None] = time.sleep) -> None:
    """Sweeps in a thread of its own, so that serving need not wait for it.

    It does so twice: what the crash before this start left behind is at first as young as an upload in flight.
    """

    def run() -> None:
        _try_to_sweep()
        pause(conf.upload_lease_s + 1)
        _try_to_sweep()

    threading.Thread(target=run, name="sweep", daemon=True).start()


def _try_to_sweep() -> None:
    try:
        sweep()
    except (DatabaseError, OSError):
        logger.exception("The sweep was given up; the next one tries again.")
    finally:
        close_old_connections()


def _remove_orphans(media: Path) -> int:
    removed = 0
    for batch in _batches(_old_files(media)):
        keys = {path: _key_of(path) for path in batch}
        named = set(
            Prediction.objects.filter(pk__in={key for key in keys.values() if key}).values_list("pk", flat=True)
        )
        for path, key in keys.items():
            if key is None or key not in named:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _old_files(media: Path) -> Iterator[Path]:
    """Ours that have been there for longer than any upload takes."""
    before = time.time() - conf.upload_lease_s
    for folder in ("photos", "thumbnails"):
        for path in (media / folder).glob("*/*"):
            try:
                if path.is_file() and path.stat().st_mtime < before:
                    yield path
            except FileNotFoundError:
                continue


def _key_of(path: Path) -> uuid.UUID | None:
    """The prediction a file belongs to; None for what is no prediction's."""
    try:
        return uuid.UUID(path.stem)
    except ValueError:
        return None


def _mark_lost() -> int:
    return _mark(lost=True)


def _mark_found() -> int:
    """Photos come back: from a backup, or with a disk that was not mounted."""
    return _mark(lost=False)


def _mark(*, lost: bool) -> int:
    marked = 0
    rows = Prediction.objects.filter(photo_lost=not lost).order_by().values_list("pk", "image")
    for batch in _batches(rows.iterator(chunk_size=BATCH)):
        changed = [key for key, name in batch if default_storage.exists(name) is not lost]
        marked += Prediction.objects.filter(pk__in=changed).update(photo_lost=lost)
    return marked


def _batches(items: Iterable[object]) -> Iterator[list]:  # type: ignore[type-arg]
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
