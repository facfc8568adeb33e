"""Files made for one download: a few at a time, without a name, and gone when they were read or their process ends.

A file is made first and then handed over whole: the server sends it without a thread, however slowly it is read.
"""

import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import FileResponse

from classifier.conf import conf
from classifier.errors import ExportInProgressError, ExportsBusyError, StorageFullError
from classifier.storage.local import translating_os_errors

MOST_MADE, MOST = 4, 40
"""Being made at the same time, each by a thread; being made or read."""


class Places:
    """One for each account that has an export, with the bytes that are to be written yet; none once it is made."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # a forgotten export gives its place back whenever memory is tidied up
        self._unwritten: dict[int, int] = {}

    def take(self, account: int, byte_size: int) -> None:
        """Raises ExportInProgressError, ExportsBusyError, StorageFullError, StorageUnavailableError."""
        with self._lock:
            if account in self._unwritten:
                raise ExportInProgressError
            others = [size for size in self._unwritten.values() if size]
            if len(others) >= MOST_MADE or len(self._unwritten) >= MOST:
                raise ExportsBusyError
            _check_room(byte_size + sum(others))
            self._unwritten[account] = max(1, byte_size)

    def note_made(self, account: int) -> None:
        with self._lock:
            self._unwritten[account] = 0

    def leave(self, account: int) -> None:
        with self._lock:
            self._unwritten.pop(account, None)


places = Places()


class ExportFile:
    """A file that gives its account's place back when it is closed, or forgotten."""

    def __init__(self, file: IO[bytes], account: int) -> None:
        self._file = file
        self._end = weakref.finalize(self, _end, file, account)

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._end()


def export_response(
    user: User | Any, write: Callable[[IO[bytes]], None], *, byte_size: int, filename: str, content_type: str
) -> FileResponse:
    """A download of what `write` puts into a file of about so many bytes.

    Nothing is sent before it is whole. Raises ExportInProgressError, ExportsBusyError, StorageFullError,
    StorageUnavailableError.
    """
    response = FileResponse(
        _made(user.pk, write, byte_size), as_attachment=True, filename=filename, content_type=content_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _made(account: int, write: Callable[[IO[bytes]], None], byte_size: int) -> ExportFile:
    places.take(account, byte_size)
    try:
        with translating_os_errors():
            file = tempfile.TemporaryFile(dir=_folder())  # noqa: SIM115
    except BaseException:
        places.leave(account)
        raise
    export = ExportFile(file, account)
    try:
        with translating_os_errors():
            write(file)
            file.seek(0)
    except BaseException:
        export.close()
        raise
    places.note_made(account)
    return export


def _end(file: IO[bytes], account: int) -> None:
    try:
        with translating_os_errors():
            file.close()
    finally:
        places.leave(account)


def _check_room(byte_size: int) -> None:
    """Of the disk where exports are made, wherever the photos are. Raises StorageFullError, StorageUnavailableError."""
    with translating_os_errors():
        free = shutil.disk_usage(_folder()).free
    if free < conf.min_free_bytes + byte_size:
        raise StorageFullError


def _folder() -> Path:
    """On the disk of the photos, whose room was looked at; the system's folder for such files may be in memory."""
    folder = Path(settings.MEDIA_ROOT)
    return next(parent for parent in (folder, *folder.parents) if parent.exists())
