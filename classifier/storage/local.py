"""The photos' folder: files are on the disk, whole, before they count as stored."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage

from classifier.conf import conf
from classifier.errors import StorageFullError
from classifier.process.fsync import sync

CHUNK_BYTES = 256 * 1024
"""Written at once: with much more, ext4 takes eight times as long, looking for so much memory in one piece."""


DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DurableFileSystemStorage(FileSystemStorage):
    """Syncs what it writes, and the folder that names it; Django's own storage does neither.

    A crash may leave half a file: it is the row naming the file, committed afterwards, that makes it count, and the
    sweep removes what no row names. Names are generated, so that none is ever looked for or written twice.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        path = Path(self.path(name))
        with translating_disk_full():
            _make_folders(path.parent)
            _write(path, content)
        return name


@contextmanager
def translating_disk_full() -> Iterator[None]:
    """Raises StorageFullError for a write that found no room."""
    try:
        yield
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        raise StorageFullError from error


def check_free_space() -> None:
    """Raises StorageFullError when the disk has less room left than must stay for the database."""
    if free_bytes() < conf.min_free_bytes:
        raise StorageFullError


def free_bytes() -> int:
    """What is free on the disk of the photos."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _write(path: Path, content: "File[bytes]") -> None:
    """Raises FileExistsError, leaving the file that is there."""
    with open(path, "xb", opener=_open_for_owner) as file:
        try:
            for chunk in content.chunks(CHUNK_BYTES):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    sync(path.parent)


def _open_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _make_folders(folder: Path) -> None:
    """Makes missing folders, each synced into its parent."""
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)
