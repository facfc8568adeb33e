"""The photos' folder: files are on the disk, whole, before they count as stored."""

import errno
import os
import shutil
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import FileSystemStorage

from classifier.conf import conf
from classifier.errors import StorageFullError, StorageUnavailableError
from classifier.process.fsync import sync
from classifier.storage.marker import check_marked
from classifier.storage.photos import folder_storage
from classifier.storage.seals import mode_of

CHUNK_BYTES = 256 * 1024
"""Written at once: with much more, ext4 takes eight times as long, looking for so much memory in one piece."""

SMALL_PHOTO_BYTES = 1024**2
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DurableFileSystemStorage(FileSystemStorage):
    """Syncs what it writes, and the folder that names it; Django's own storage does neither.

    A crash may leave half a file: it is the row naming the file, committed afterwards, that makes it count, and the
    sweep puts away what no row names. Names are generated, so that `write` looks for none and writes none twice.
    Nothing is done in a folder without a marker. What the disk refuses is a StorageFullError or a
    StorageUnavailableError; a file that is not there is a FileNotFoundError.
    """

    def write(self, name: str, data: bytes) -> None:
        """Stores a file under a name that this project made. Raises FileExistsError, leaving the file that is there."""
        check_marked(self.location)
        path = self.path(name)
        folder = path.rpartition("/")[0]
        if folder not in self._synced_folders or not os.path.isdir(folder):
            with translating_os_errors():
                _make_folders(Path(folder), within=Path(self.location))
            self._synced_folders.add(folder)
        with translating_os_errors(but=FileExistsError):
            _write(path, data)
            sync(folder)

    def path(self, name: str) -> str:
        """Where a file lies. Raises SuspiciousFileOperation for a name that leads elsewhere.

        An upload asks four times. Django's own makes two paths absolute and compares them: some 40 calls each time.
        """
        if name.startswith("/") or ".." in name.split("/"):
            raise SuspiciousFileOperation(f"{name} is not in the folder of the photos.")
        return f"{self.location}/{name}"

    def exists(self, name: str) -> bool:
        check_marked(self.location)
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
        check_marked(self.location)
        with translating_os_errors():
            super().delete(name)

    def open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with translating_os_errors(but=FileNotFoundError):
            try:
                return super().open(name, mode)
            except FileNotFoundError:
                check_marked(self.location)
                raise

    def _save(self, name: str, content: "File[bytes]") -> str:
        """What Django's `save` comes to."""
        self.write(name, b"".join(content.chunks()))
        return name

    @cached_property
    def _synced_folders(self) -> set[str]:
        """Those that are known to survive a power cut: that a folder is there does not say so, another thread or a
        process that died may have made it."""
        return set()


class translating_os_errors:  # noqa: N801  # used like a function, as `contextlib.suppress` is
    """Raises StorageFullError for a write that found no room, and StorageUnavailableError for what else a disk does.

    A class, since an upload enters several: a generator takes twice as many calls.
    """

    def __init__(self, *, but: type[OSError] | tuple[type[OSError], ...] = ()) -> None:
        self._but = but

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, OSError) and not isinstance(error, self._but):
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
    if folder_storage() is None:
        return True
    return free_bytes() >= conf.min_free_bytes + max(byte_size, SMALL_PHOTO_BYTES)


def free_bytes() -> int:
    """What is free on the disk of the photos. Raises StorageUnavailableError."""
    with translating_os_errors():
        return _free_bytes(settings.MEDIA_ROOT)


def _free_bytes(folder: Path) -> int:
    """On the disk where the folder is, or will be made. Raises OSError."""
    try:
        return shutil.disk_usage(folder).free
    except (FileNotFoundError, NotADirectoryError):
        return _free_bytes(folder.parent)


def _write(path: str, data: bytes) -> None:
    """Raises FileExistsError, leaving the file that is there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode_of(sealed=False))
    try:
        unwritten = memoryview(data)
        while unwritten:
            unwritten = unwritten[os.write(descriptor, unwritten[:CHUNK_BYTES]) :]
        os.fsync(descriptor)
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _make_folders(folder: Path, *, within: Path) -> None:
    """Makes missing folders, and syncs each into its parent; `within` itself is never made. Raises OSError."""
    if folder == within:
        return
    _make_folders(folder.parent, within=within)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)
