"""The objects of a bucket and the rows they belong to: what a sweep needs, found by listing.

As with a folder, a marker says to which database the photos belong, and nothing is removed that was not in the trash.
An object has no mode: what a crash left cannot be told from a photo whose row was lost, so a sweep on an older database
is bounded by their number, and by the trash.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from classifier.conf import conf
from classifier.models import MediaFolder, Prediction
from classifier.storage.folder import EXAMPLES, FOLDERS, Orphans, rows_of
from classifier.storage.marker import NAME
from classifier.storage.pages import batches, pages
from classifier.storage.photos import photo_storage
from classifier.storage.trash import FOLDER, KEPT_DAYS

if TYPE_CHECKING:
    from classifier.storage.s3 import PrivateS3Storage

ADOPT = "If the two belong together: manage.py sweep --adopt"
NO_MARKER = f"The bucket is not the one that the database knows: it has no marker. Check STORAGE_URL. {ADOPT}"
OTHER_DATABASE = f"The bucket belongs to another database. Check DATABASE_URL and STORAGE_URL. {ADOPT}"
UNKNOWN_FILES = f"There are photos in the bucket that the database does not know. Is it the right one? {ADOPT}"


def bucket() -> "PrivateS3Storage":
    """The storage of the photos; call it where that is no folder."""
    return cast("PrivateS3Storage", photo_storage())


def pair() -> None:
    """Gives a bucket and a database that are new to each other one key, if no object has no row."""
    known = MediaFolder.objects.values_list("key", flat=True).first()
    if known is None and (read_marker() or not count_orphans().orphans):
        adopt(read_marker())


def adopt(key: UUID | None = None) -> None:
    """Marks the bucket as that of this database."""
    with transaction.atomic():
        MediaFolder.objects.get_or_create(only=1)
        row = MediaFolder.objects.select_for_update().get()
        row.key = row.key or key or uuid4()
        bucket().write(NAME, f"{row.key}\n".encode())
        row.save()


def disagreement() -> str:
    """Why nothing may be concluded from what is in only one of the two, and what to do; nothing when it may."""
    known, marker = MediaFolder.objects.values_list("key", flat=True).first(), read_marker()
    if known is None:
        return UNKNOWN_FILES
    if marker is None:
        return NO_MARKER
    return "" if known == marker else OTHER_DATABASE


def read_marker() -> UUID | None:
    """The key in the marker; None without one, or when it is damaged. Raises StorageUnavailableError."""
    try:
        with bucket().open(NAME, "rb") as file:
            return UUID(file.read().decode("ascii", errors="replace").strip())
    except (FileNotFoundError, ValueError):
        return None


def count_orphans() -> Orphans:
    found = Orphans()
    for name, row in _with_rows():
        found.files += 1
        if row is None:
            found.orphans += 1
            found.examples += [name] if len(found.examples) < EXAMPLES else []
    return found


def throw_away() -> int:
    """Moves all objects without a row to today's part of the trash; returns how many."""
    today, count = timezone.now().date().isoformat(), 0
    for name, row in _with_rows():
        if row is None:
            bucket().move(name, f"{FOLDER}/{today}/{name}")
            count += 1
    return count


def put_back() -> int:
    """Moves objects whose row is there again to where the row says they are; returns how many."""
    count = 0
    for batch in batches(Path(item.name) for item in bucket().listed(f"{FOLDER}/")):
        for path, row in rows_of(batch).items():
            name = "/".join(path.parts[2:])
            if name in (str(row.image), str(row.thumbnail)) and not bucket().exists(name):
                bucket().move(path.as_posix(), name)
                count += 1
    return count


def empty() -> int:
    """Removes what has been in the trash for longer than it is kept; returns how many objects."""
    before, count = timezone.now().date() - timedelta(days=KEPT_DAYS), 0
    for item in bucket().listed(f"{FOLDER}/"):
        if (day := _day_of(item.name)) and day < before:
            bucket().delete(item.name)
            count += 1
    return count


def mark() -> tuple[int, int]:
    """Marks rows whose photo is missing, and those whose photo is there again; how many of each.

    The names of a sixteenth of all photos are in memory at a time. A photo that was stored while they were listed is
    left out.
    """
    lost = found = 0
    for digit in "0123456789abcdef":
        folder, before = f"photos/{digit}/", timezone.now() - timedelta(seconds=conf.upload_lease_s)
        there = {item.name for item in bucket().listed(folder)}
        rows = Prediction.objects.filter(image__startswith=folder, created_at__lt=before)
        for page in pages(rows.only("pk", "image", "photo_lost")):
            gone = [row.pk for row in page if str(row.image) not in there and not row.photo_lost]
            back = [row.pk for row in page if str(row.image) in there and row.photo_lost]
            lost += Prediction.objects.filter(pk__in=gone).update(photo_lost=True)
            found += Prediction.objects.filter(pk__in=back).update(photo_lost=False)
    return lost, found


def _with_rows() -> Iterator[tuple[str, Prediction | None]]:
    """Every object that is too old to be in flight, with its row."""
    for batch in batches(_old_names(timezone.now() - timedelta(seconds=conf.upload_lease_s))):
        rows = rows_of(batch)
        yield from ((path.as_posix(), rows.get(path)) for path in batch)


def _old_names(before: datetime) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (Path(item.name) for item in bucket().listed(f"{folder}/") if item.modified_at < before)


def _day_of(name: str) -> date | None:
    try:
        return date.fromisoformat(name.split("/")[1])
    except (IndexError, ValueError):  # nothing of ours
        return None
