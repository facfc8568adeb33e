"""The photos' folder: files are on the disk, whole, before they count as stored."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

from classifier.conf import conf
from classifier.errors import StorageFullError, StorageUnavailableError
from classifier.process.fsync import sync
from classifier.storage.marker import check_marked
from classifier.storage.seals import mode_of

CHUNK_BYTES = 256 * 1024
"""Written at once: with much more, ext4 takes eight times as long, looking for so much memory in one piece."""

SMALL_PHOTO_BYTES = 1024**2
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DurableFileSystemStorage(FileSystemStorage):
    """Syncs what it writes, and the folder that names it; Django's own storage does neither.

    A crash may leave half a file: it is the row naming the file, committed afterwards, that makes it count, and the
    sweep puts away what no row names. Names are generated, so that none is ever looked for or written twice. Nothing is
    done in a folder without a marker. What the disk refuses is a StorageFullError or a StorageUnavailableError; a file
    that is not there is a FileNotFoundError.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def exists(self, name: str) -> bool:
        self._check_marked()
        with translating_os_errors():
            try:
                os.stat(self.path(name))
            except FileNotFoundError:
                return False
        return True

    def size(self, name: str) -> int:
        with translating_os_errors(but=FileNotFoundError):
            return super().size(name)

    def delete(self, name: str) -> None:
        self._check_marked()
        with translating_os_errors():
            super().delete(name)

    def open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with translating_os_errors(but=FileNotFoundError):
            try:
                return super().open(name, mode)
            except FileNotFoundError:
                self._check_marked()
                raise

    def _save(self, name: str, content: "File[bytes]") -> str:
        self._check_marked()
        path = Path(self.path(name))
        with translating_os_errors():
            _make_folders(path.parent, within=Path(self.location))
        with translating_os_errors(but=FileExistsError):
            _write(path, content)
        return name

    def _check_marked(self) -> None:
        check_marked(Path(self.location))


@contextmanager
def translating_os_errors(*, but: type[OSError] | tuple[type[OSError], ...] = ()) -> Iterator[None]:
    """Raises StorageFullError for a write that found no room, and StorageUnavailableError for what else a disk does."""
    try:
        yield
    except but:
        raise
    except OSError as error:
        raise refusal_of(error) from error


def read_stored(file: "File[bytes]") -> bytes:
    """A stored file, whole. Raises FileNotFoundError when it was lost, and StorageUnavailableError."""
    with translating_os_errors(but=FileNotFoundError), file.open("rb") as opened:
        return bytes(opened.read())


def refusal_of(error: OSError) -> StorageFullError | StorageUnavailableError:
    """What a client is told of a disk's error."""
    return StorageFullError() if error.errno in DISK_FULL else StorageUnavailableError()


def check_free_space(byte_size: int = 0) -> None:
    """Raises StorageFullError when the disk has no room for so much and for what must stay free for the database."""
    if not has_room(byte_size):
        raise StorageFullError


def has_room(byte_size: int = 0) -> bool:
    """Whether the disk takes a photo of this size: a small one at least, so that `/readyz` and uploads say the same.

    A bucket has no disk to look at: it takes a photo, or says itself that it is full. Raises StorageUnavailableError.
    """
    if not isinstance(default_storage, FileSystemStorage):
        return True
    return free_bytes() >= conf.min_free_bytes + max(byte_size, SMALL_PHOTO_BYTES)


def free_bytes() -> int:
    """What is free on the disk of the photos. Raises StorageUnavailableError."""
    folder = Path(settings.MEDIA_ROOT)
    with translating_os_errors():
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free


def _write(path: Path, content: "File[bytes]") -> None:
    """Raises FileExistsError, leaving the file that is there."""
    with open(path, "xb", opener=_open_unsealed) as file:
        try:
            for chunk in content.chunks(CHUNK_BYTES):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    sync(path.parent)


def _open_unsealed(path: str, flags: int) -> int:
    return os.open(path, flags, mode_of(sealed=False))


def _make_folders(folder: Path, *, within: Path) -> None:
    """Makes missing folders, each synced into its parent; `within` itself is never made. Raises OSError."""
    if folder.is_dir() or folder == within:
        return
    _make_folders(folder.parent, within=within)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)
