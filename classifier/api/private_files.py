"""Private files: photos and renditions for their owner, revalidated at each request, whole or by range."""

import os
import re
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from classifier.conf import conf
from classifier.models import Prediction
from classifier.predictions import services

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def private_file(request: Request, file: FieldFile, content_type: str, *, etag: str) -> HttpResponseBase:
    """A stored file: by nginx if that is set up, else from here, with ranges.

    Raises Http404 when it is lost, and StorageUnavailableError.
    """
    tag = f'"{etag}"'
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    return _with_private_headers(unchanged or _file_response(request, file, content_type, tag), tag)


def private_copy(request: Request, prediction: Prediction) -> HttpResponseBase:
    """The photo for anybody but its owner: a copy without metadata, made for each request.

    Raises Http404 when it is lost, and StorageUnavailableError.
    """
    tag = f'"{prediction.sha256}-copy"'
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        return _with_private_headers(unchanged, tag)
    try:
        copy = services.copy_for_others(prediction)
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {"Content-Disposition": f'inline; filename="{prediction.pk}.jpg"'}
    return _with_private_headers(HttpResponse(copy, content_type="image/jpeg", headers=headers), tag)


def private_bytes(content: bytes, content_type: str) -> HttpResponseBase:
    """What was made of a photo for one request, and is kept nowhere."""
    response = HttpResponse(content, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _with_private_headers(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    # Browsers may keep it, but must ask each time: it must not be shown to the next user, nor after deletion.
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _file_response(request: Request, file: FieldFile, content_type: str, tag: str) -> HttpResponseBase:
    name = str(file).rpartition("/")[2]
    if conf.x_accel_prefix:
        headers = {
            "X-Accel-Redirect": f"{conf.x_accel_prefix.rstrip('/')}/{file}",
            "Content-Disposition": f'inline; filename="{name}"',
        }
        return HttpResponse(content_type=content_type, headers=headers)
    try:
        opened: Any = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    size = opened.size
    requested = _requested_range(request, tag, size)
    whole = FileResponse(opened, content_type=content_type, filename=name)
    whole["Accept-Ranges"] = "bytes"
    return whole if requested is None else _range_response(whole, opened, requested, size)


def _requested_range(request: Request, tag: str, size: int) -> range | None:
    """The single byte range of a request (RFC 9110, 14.2) for this version of the file.

    None for the whole file; an empty range for bytes that do not exist.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if match is None or match[0] == "bytes=-" or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _range_response(whole: FileResponse, file: Any, requested: range, size: int) -> HttpResponseBase:
    if not requested:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {
        "Content-Disposition": whole["Content-Disposition"],
        "Content-Range": f"bytes {requested.start}-{requested.stop - 1}/{size}",
        "Accept-Ranges": "bytes",
    }
    return FileResponse(FilePart(file, requested), status=206, content_type=whole["Content-Type"], headers=headers)


class FilePart:
    """Some bytes of a file, as a file: servers send it by themselves, without a thread that waits for the client."""

    def __init__(self, file: Any, part: range) -> None:
        self._file, self._part = file, part
        file.seek(part.start)

    def read(self, size: int = -1) -> bytes:
        left = max(0, len(self._part) - self.tell())
        content: bytes = self._file.read(left if size < 0 else min(size, left))
        return content

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: len(self._part)}[whence]
        self._file.seek(self._part.start + start + offset)
        return self.tell()

    def tell(self) -> int:
        return int(self._file.tell()) - self._part.start

    def close(self) -> None:
        self._file.close()
