"""Where an upload waits until it is read: bounded, and gone with the process, however that ends."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from classifier.conf import conf
from classifier.errors import UploadTooLargeError
from classifier.storage.local import CHUNK_BYTES, translating_os_errors


class BoundedUploadHandler(FileUploadHandler):
    """Counts the bytes of all files of a request, and passes them on. Raises UploadTooLargeError."""

    chunk_size = CHUNK_BYTES
    _received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._received += len(raw_data)
        if self._received > conf.max_upload_bytes:
            raise UploadTooLargeError(allowed_bytes=conf.max_upload_bytes)
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        return None


class NamelessUploadHandler(FileUploadHandler):
    """Keeps small files in memory and larger ones in a file without a name: a killed process leaves no photo behind.

    Django's own gives its temporary files names; Python's spooled one takes twice the time for a 12-megapixel photo.
    Raises StorageFullError.
    """

    chunk_size = CHUNK_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._chunks: list[bytes] = []
        self._file: Any = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._chunks.append(raw_data)
        if self._file or start + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            with self._closed_by_failure():
                self._move_to_disk()

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        file = self._file or io.BytesIO(b"".join(self._chunks))  # joined, not written: that is read without a copy
        self._chunks.clear()
        with self._closed_by_failure():
            file.seek(0)  # writes what is left in its buffer
        return UploadedFile(
            file=file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if self._file:
            with suppress(OSError):  # what is left in its buffer may find no room
                self._file.close()

    @contextmanager
    def _closed_by_failure(self) -> Iterator[None]:
        try:
            with translating_os_errors():
                yield
        except BaseException:
            self.upload_interrupted()
            raise

    def _move_to_disk(self) -> None:
        self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115
        self._file.writelines(self._chunks)
        self._chunks.clear()
