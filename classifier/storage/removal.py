"""Files of deleted predictions go at once, or are remembered until the disk lets them go."""

import logging
from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import DatabaseError

from classifier.errors import ClassifierError
from classifier.models import UnremovedFile
from classifier.storage.folder import batches

logger = logging.getLogger(__name__)


def remove_files(names: Iterable[str]) -> None:
    """Removes files that no row names any more. What the disk does not let go is remembered; this raises nothing."""
    stuck = [name for name in names if name and not _is_removed(name)]
    if not stuck:
        return
    logger.warning("%d files of deleted predictions cannot be removed now; the sweep tries again.", len(stuck))
    try:
        UnremovedFile.objects.bulk_create([UnremovedFile(name=name) for name in stuck], ignore_conflicts=True)
    except DatabaseError:
        logger.exception("Nor can they be remembered: %s", ", ".join(stuck))


def remove_remembered() -> int:
    """Tries again; returns how many files are gone."""
    count = 0
    for batch in batches(UnremovedFile.objects.order_by("pk").iterator()):
        removed = [row.pk for row in batch if _is_removed(row.name)]
        count += len(removed)
        UnremovedFile.objects.filter(pk__in=removed).delete()
    return count


def _is_removed(name: str) -> bool:
    try:
        default_storage.delete(name)
    except (ClassifierError, OSError):
        return False
    return True
