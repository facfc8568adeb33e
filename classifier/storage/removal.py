"""Files of deleted predictions go at once, or are remembered until the disk lets them go."""

import logging
from collections.abc import Collection, Iterable

from django.db import DatabaseError

from classifier.errors import ClassifierError
from classifier.models import UnremovedFile
from classifier.storage.pages import pages
from classifier.storage.photos import photo_storage

MOST_STUCK = 3
"""Files that may stay before no further one is tried."""
logger = logging.getLogger(__name__)


def remove_files(names: Iterable[str]) -> None:
    """Removes files that no row names any more. What the disk does not let go is remembered; this raises nothing."""
    stuck = [name for name in names if name and not _is_removed(name)]
    if not stuck:
        return
    _tell_of(len(stuck))
    try:
        remember(stuck)
    except DatabaseError:
        logger.exception("Nor can they be remembered: %s", ", ".join(stuck))


def remember(names: Iterable[str]) -> None:
    """Notes files that are to go; call it in the transaction that deletes their rows, so that no crash forgets them."""
    UnremovedFile.objects.bulk_create([UnremovedFile(name=name) for name in names], ignore_conflicts=True)


def remove_remembered(names: Collection[str] | None = None) -> int:
    """Removes those, or all that were noted; returns how many files are gone."""
    count = 0
    all_rows = UnremovedFile.objects.all()
    for batch in pages(all_rows if names is None else all_rows.filter(name__in=names)):
        stuck, removed = 0, []
        for row in batch:
            if _is_removed(row.name):
                removed.append(row.pk)
            else:
                stuck += 1
            if stuck == MOST_STUCK:
                break  # the disk, or the bucket, is not there: each would take its time
        count += len(removed)
        UnremovedFile.objects.filter(pk__in=removed).delete()
        if stuck:
            _tell_of(stuck)
        if stuck == MOST_STUCK:
            break
    return count


def _tell_of(stuck: int) -> None:
    logger.warning("Files of deleted predictions cannot be removed now (%d tried); the sweep tries again.", stuck)


def _is_removed(name: str) -> bool:
    try:
        photo_storage().delete(name)
    except (ClassifierError, OSError):
        return False
    return True
