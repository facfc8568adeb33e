"""The repair after a crash: files without rows are put away, files with rows put back, missing files marked.

What is deleted because something is *not* in the database is bounded and reversible: the files must belong to this
database, none may have had a row, they must be few, and they wait in the trash.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

from django.db import DatabaseError, close_old_connections

from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.models import MediaFolder, Prediction
from classifier.storage import bucket, pairing, removal, trash
from classifier.storage.folder import Orphans, count_orphans, files_with_rows, media_folder, name_of
from classifier.storage.locks import held
from classifier.storage.marker import check_marked
from classifier.storage.pages import pages
from classifier.storage.photos import photo_storage
from classifier.storage.seals import seal

HANDFUL, SHARE = 10, 0.01
"""So many files without a row, or this share of all files, may be what crashes left; more are a reason to ask."""
EVERY_S = 24 * 3600.0
LOCK = "sweep"
LOOK, ACCEPT = "manage.py sweep --dry-run", "manage.py sweep --force"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files went to the trash or came back from it, and how many rows were marked as lost or found again."""

    trashed_files: int = 0
    restored_files: int = 0
    removed_files: int = 0
    """Of deleted predictions, and what was in the trash long enough."""
    lost_photos: int = 0
    found_photos: int = 0
    warning: str = ""
    """Why files without a row were left where they are, and what to do."""


def sweep(*, force: bool = False) -> Swept:
    """Repairs what crashes left; `force` takes any number of files without a row for that.

    Raises StorageUnavailableError, or OSError.
    """
    media = media_folder()
    swept = _sweep_bucket(force=force) if media is None else _sweep_folder(media, force=force)
    _tell(swept)
    return swept


def preview() -> tuple[Orphans, str]:
    """What a sweep would find now, and its warning; nothing is changed. Raises StorageUnavailableError, or OSError."""
    media = media_folder()
    if media is None:
        found = bucket.count_orphans()
        return found, bucket.disagreement() or excess(found)
    check_marked(media)
    found = count_orphans(media)
    return found, pairing.disagreement(media) or excess(found)


def excess(found: Orphans) -> str:
    """Why so many files without a row are not put away unasked, and what to do; nothing when they may be."""
    if found.sealed:
        reason = f"{found.sealed:,} files of stored photos have no row in the database: is it an older one?"
    elif found.orphans > max(HANDFUL, SHARE * found.files):
        reason = f"{found.orphans:,} of {found.files:,} files have no row in the database, more than crashes leave."
    else:
        return ""
    return f"{reason} They are left where they are. {LOOK} lists some, {ACCEPT} moves them to the trash."


def sweep_in_background(*, is_over: Callable[[float], bool] = threading.Event().wait) -> None:
    """Sweeps in a thread of its own, so that serving need not wait for it: now, soon, and then every day.

    Soon, since what the crash before this start left behind is at first as young as an upload in flight. `is_over`
    waits for some seconds and says whether to end.
    """

    def run() -> None:
        for pause_s in chain([conf.upload_lease_s + 1], repeat(EVERY_S)):
            _try_to_sweep()
            if is_over(pause_s):
                return

    threading.Thread(target=run, name="sweep", daemon=True).start()


def _try_to_sweep() -> None:
    try:
        with held(LOCK) as is_held:
            if is_held:
                sweep()
    except (ClassifierError, DatabaseError, OSError) as error:
        logger.warning("The sweep was given up, the next one tries again: %s", error)
    finally:
        close_old_connections()


def _sweep_folder(media: Path, *, force: bool) -> Swept:
    pairing.pair(media)
    removed, restored = removal.remove_remembered(), trash.put_back(media)
    if warning := pairing.disagreement(media):
        return Swept(restored_files=restored, removed_files=removed, found_photos=_mark(lost=False), warning=warning)
    found = count_orphans(media)
    warning = "" if force else excess(found)
    trashed = 0 if warning or not found.orphans else _throw_away(media)
    if found.unsealed:
        seal(name_of(path, media) for path, row in files_with_rows(media) if row)
    removed += 0 if warning else trash.empty(media)
    return Swept(trashed, restored, removed, _mark(lost=True), _mark(lost=False), warning)


def _sweep_bucket(*, force: bool) -> Swept:
    """As in a folder; only seals are not known there. While the two disagree, no row is marked, either."""
    bucket.pair()
    removed = removal.remove_remembered()
    if warning := bucket.disagreement():
        return Swept(removed_files=removed, warning=warning)
    restored, found = bucket.put_back(), bucket.count_orphans()
    warning = "" if force else excess(found)
    trashed = 0 if warning or not found.orphans else bucket.throw_away()
    removed += 0 if warning else bucket.empty()
    return Swept(trashed, restored, removed, *bucket.mark(), warning)


def _throw_away(media: Path) -> int:
    count = 0
    for path, row in files_with_rows(media):
        if row is None:
            trash.throw_away(path, media)
            count += 1
    return count


def _mark(*, lost: bool) -> int:
    """Marks rows whose file is missing, or is there again: from a backup, or with a disk that was not mounted."""
    rows = Prediction.objects.filter(photo_lost=not lost).only("pk", "image")
    return sum(_mark_page(page, lost=lost) for page in pages(rows))


def _mark_page(page: list[Prediction], *, lost: bool) -> int:
    changed = [row.pk for row in page if photo_storage().exists(str(row.image)) is not lost]
    return Prediction.objects.filter(pk__in=changed).update(photo_lost=lost)


def _tell(swept: Swept) -> None:
    """Writes what was done to the log, and the warning also where `/readyz` and the doctor find it."""
    MediaFolder.objects.filter(only=1).exclude(warning=swept.warning).update(warning=swept.warning)
    if swept.warning:
        logger.warning("%s", swept.warning)
    if swept != Swept(warning=swept.warning):
        logger.warning(
            "Swept: %d files without a row moved to the trash, %d put back, %d removed; %d photos lost, %d found.",
            swept.trashed_files,
            swept.restored_files,
            swept.removed_files,
            swept.lost_photos,
            swept.found_photos,
        )
