"""Stops reading an upload as soon as it is larger than allowed, so that no body fills memory or disk."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from classifier.conf import conf
from classifier.errors import UploadTooLargeError


class BoundedUploadHandler(FileUploadHandler):
    """Counts the bytes of all files of a request, and passes them on. Raises UploadTooLargeError."""

    _received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._received += len(raw_data)
        if self._received > conf.max_upload_bytes:
            raise UploadTooLargeError(
                f"The photo has more than the {conf.max_upload_bytes:,} bytes allowed. Send a smaller one."
            )
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        return None
