"""Database and folder of the photos carry one key, so that neither is ever judged by another one's contents."""

from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from classifier.errors import StorageUnavailableError
from classifier.models import MediaFolder, Prediction
from classifier.storage import bucket
from classifier.storage.folder import count_orphans, has_files, media_folder
from classifier.storage.local import translating_os_errors
from classifier.storage.marker import check_marked, is_marked, read_marker, write_marker
from classifier.storage.photos import folder_storage

ADOPT = "manage.py sweep --adopt"
UNKNOWN_FILES = (
    "There are photos in DATA_DIR/media that the database does not know, so files without a row are left where they "
    f"are. Is it the right database, and not an older one? If it is: {ADOPT}"
)
NO_FILES = (
    "The database knows photos and DATA_DIR/media has none, so nothing is marked as lost. Is the disk mounted? If the "
    f"photos are gone for good: {ADOPT}"
)
OTHER_DATABASE = (
    "DATA_DIR/media belongs to another database, so files without a row are left where they are. Check DATABASE_URL "
    f"and DATA_DIR. If the two belong together: {ADOPT}"
)
NOT_MOUNTED = (
    "The photos are not there: DATA_DIR/media is not the folder that the database knows. Mount the disk, or restore "
    f"the folder. If the photos are gone for good: {ADOPT}"
)


def check_folder() -> None:
    """Sees to it that photos can be stored: the first time, the folder is made and marked.

    Raises StorageUnavailableError for a folder that lost its marker: that of a disk that is not mounted.
    """
    storage = folder_storage()
    if storage is None:
        return
    with translating_os_errors():
        if is_marked(storage.location):
            return
        pair(Path(storage.location))
    check_marked(storage.location)


def pair(media: Path) -> None:
    """Gives a folder and a database that are new to each other one key, if they plainly belong together.

    If they may not, a folder without a marker gets one that is nobody's. Raises StorageUnavailableError when the folder
    is not there though the database knows one, and OSError.
    """
    strangeness = "" if _known_key() else _strangeness(media)
    with transaction.atomic():  # one at a time: the marker is written before the key is committed
        known = _row_to_write()
        if known.key is None and not strangeness:
            known.key = read_marker(media) or uuid4()
            write_marker(media, known.key)
            known.save()
        if is_marked(media):
            return
        if known.key is not None or strangeness == NO_FILES:
            raise StorageUnavailableError
        write_marker(media, uuid4())


def adopt() -> None:
    """Writes the marker of this database into the folder, whatever was there: what a restored folder needs.

    Raises OSError.
    """
    media = media_folder()
    if media is None:
        bucket.adopt()
        return
    with transaction.atomic():
        known = _row_to_write()
        known.key = known.key or uuid4()
        write_marker(media, known.key)
        known.save()


def disagreement(media: Path) -> str:
    """Why the database's word about the folder is not to be trusted, and what to do; nothing when it is.

    Raises OSError.
    """
    if (key := _known_key()) is None:
        return _strangeness(media) or UNKNOWN_FILES
    return "" if key == read_marker(media) else OTHER_DATABASE


def _known_key() -> UUID | None:
    return MediaFolder.objects.values_list("key", flat=True).first()


def _row_to_write() -> MediaFolder:
    MediaFolder.objects.get_or_create(only=1)
    return MediaFolder.objects.select_for_update().get()


def _strangeness(media: Path) -> str:
    """Why a folder and a database that share no key yet may not belong together, or nothing."""
    if not has_files(media):
        return NO_FILES if _expects_files() else ""
    return UNKNOWN_FILES if count_orphans(media).orphans else ""


def _expects_files() -> bool:
    return Prediction.objects.filter(photo_lost=False).exclude(image="").exists()
