"""Files without a row wait in a dated folder before they are removed, and come back when their row does."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from classifier.storage.folder import name_of, rows_of
from classifier.storage.pages import batches

FOLDER = ".trash"
KEPT_DAYS = 30


def throw_away(path: Path, media: Path) -> None:
    """Moves a file to today's folder of the trash. Raises OSError."""
    place = media / FOLDER / timezone.now().date().isoformat() / name_of(path, media)
    place.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):  # removed meanwhile
        os.replace(path, place)


def put_back(media: Path) -> int:
    """Moves files whose row is there again to where the row says they are; returns how many. Raises OSError."""
    count = 0
    for batch in batches(_files(media)):
        for path, row in rows_of(batch).items():
            name = name_of(path, media / FOLDER).partition("/")[2]
            place = media / name
            if name in (str(row.image), str(row.thumbnail)) and not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, place)
                count += 1
    return count


def empty(media: Path) -> int:
    """Removes what has been in the trash for longer than it is kept; returns how many files. Raises OSError."""
    before, count = timezone.now().date() - timedelta(days=KEPT_DAYS), 0
    for day, folder in _days(media):
        if day < before:
            count += sum(path.is_file() for path in folder.rglob("*"))
            shutil.rmtree(folder)
    return count


def _files(media: Path) -> Iterator[Path]:
    for _, folder in _days(media):
        yield from (path for path in folder.rglob("*") if path.is_file())


def _days(media: Path) -> Iterator[tuple[date, Path]]:
    for folder in (media / FOLDER).glob("*"):
        try:
            yield date.fromisoformat(folder.name), folder
        except ValueError:  # nothing of ours
            continue
