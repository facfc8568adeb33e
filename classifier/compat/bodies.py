"""A request's body, received within the limits of an upload, and the photos in it."""

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
from classifier.storage.local import translating_disk_full

CHUNK_BYTES = 64 * 1024
_ANY_ZLIB_HEADER = zlib.MAX_WBITS | 32


@contextmanager
def received(request: Request) -> Iterator[IO[bytes]]:
    """The body, on the disk when it is large: it waits for its turn there.

    Raises UploadTooLargeError, StorageFullError.
    """
    size_bytes, source = 0, request._request
    with tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as file:
        while chunk := source.read(CHUNK_BYTES):
            size_bytes += len(chunk)
            if size_bytes > _limit_bytes():
                raise _too_large()
            with translating_disk_full():
                file.write(chunk)
        file.seek(0)
        yield file


def read(body: IO[bytes], request: Request) -> bytes:
    """All of a received body, unpacked. Raises UploadTooLargeError, MalformedMessageError or UnsupportedMediaType."""
    data = body.read()
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return data
    if encoding not in ("gzip", "deflate"):
        raise UnsupportedMediaType(encoding, "Content-Encoding is gzip, deflate or none.")
    return _unpack(data)


def photo_of_base64(text: object) -> bytes:
    """The bytes of a base64 string, or of a `data:` URL. Raises MalformedMessageError, UploadTooLargeError."""
    if not isinstance(text, str):
        raise MalformedMessageError("The photo is a base64 string.")
    if text.startswith(("http://", "https://")):
        raise MalformedMessageError("This server fetches no photos from addresses: send the photo itself.")
    encoded = text.partition(",")[2] if text.startswith("data:") else text
    try:
        data = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedMessageError(f"The photo is not base64: {error}.") from error
    check_photo_size(data)
    return data


def check_photo_size(data: bytes) -> None:
    """Raises UploadTooLargeError."""
    if len(data) > conf.max_upload_bytes:
        raise _too_large()


def _unpack(data: bytes) -> bytes:
    unpacking: Any = zlib.decompressobj(_ANY_ZLIB_HEADER)
    try:
        unpacked: bytes = unpacking.decompress(data, _limit_bytes() + 1)
    except zlib.error as error:
        raise MalformedMessageError(f"The body cannot be unpacked: {error}.") from error
    if len(unpacked) > _limit_bytes():
        raise _too_large()
    if not unpacking.eof:
        raise MalformedMessageError("The body ends before it is unpacked.")
    return unpacked


def _limit_bytes() -> int:
    return conf.max_upload_bytes + conf.multipart_overhead_bytes


def _too_large() -> UploadTooLargeError:
    return UploadTooLargeError(f"{conf.max_upload_bytes:,} bytes are allowed. Send a smaller photo.")
