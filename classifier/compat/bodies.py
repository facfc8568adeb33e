"""The body of a request with photos: received within the limits of an upload, then read when it has a slot."""

import base64
import binascii
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request

from classifier.conf import conf
from classifier.errors import MalformedMessageError, UploadTooLargeError
from classifier.inference.service import ClassifierService
from classifier.predictions.intake import Intake, Sender, Slot
from classifier.storage.local import translating_os_errors

CHUNK_BYTES = 64 * 1024
_ANY_ZLIB_HEADER = zlib.MAX_WBITS | 32


@contextmanager
def admitted(request: Request, service: ClassifierService) -> Iterator[tuple[bytes, Slot]]:
    """The body of a request with photos, and a slot to classify them. Queued requests hold no memory.

    Raises RetryableError, UploadTooLargeError, StorageFullError, MalformedMessageError or UnsupportedMediaType.
    """
    intake = Intake(Sender.of(request))
    with _received(request) as body, intake.admitted(service) as slot:
        yield _read(body, request), slot


def photo_of_base64(text: object) -> bytes:
    """The bytes of a base64 string, or of a `data:` URL. Raises MalformedMessageError."""
    if not isinstance(text, str):
        raise MalformedMessageError("The photo must be a base64 string.")
    if text.startswith(("http://", "https://")):
        raise MalformedMessageError("This server does not fetch photos from addresses. Send the photo itself.")
    encoded = text.partition(",")[2] if text.startswith("data:") else text
    try:
        return base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedMessageError(f"The photo is not base64: {error}.") from error


@contextmanager
def _received(request: Request) -> Iterator[IO[bytes]]:
    """The received body; a large one is on the disk."""
    size_bytes, source = 0, request._request
    with tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as file:
        while chunk := source.read(CHUNK_BYTES):
            size_bytes += len(chunk)
            _check_size(size_bytes)
            with translating_os_errors():
                file.write(chunk)
        file.seek(0)
        yield file


def _read(body: IO[bytes], request: Request) -> bytes:
    """A received body, decompressed."""
    data = body.read()
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return data
    if encoding not in ("gzip", "deflate"):
        raise UnsupportedMediaType(encoding, "Use gzip, deflate or no Content-Encoding.")
    return _decompress(data)


def _decompress(data: bytes) -> bytes:
    decompressor: Any = zlib.decompressobj(_ANY_ZLIB_HEADER)
    try:
        decompressed: bytes = decompressor.decompress(data, conf.max_request_bytes + 1)
    except zlib.error as error:
        raise MalformedMessageError(f"The body cannot be decompressed: {error}.") from error
    _check_size(len(decompressed))
    if not decompressor.eof:
        raise MalformedMessageError("The compressed body is incomplete.")
    return decompressed


def _check_size(size_bytes: int) -> None:
    if size_bytes > conf.max_request_bytes:
        raise UploadTooLargeError(allowed_bytes=conf.max_upload_bytes)
