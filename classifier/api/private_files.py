"""Pictures on their way out: for one person, asked about each time, whole or in part."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from classifier.conf import conf
from classifier.models import Prediction
from classifier.predictions import services

CHUNK_BYTES = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def private_file(request: Request, file: FieldFile, content_type: str, *, etag: str) -> HttpResponseBase:
    """A stored file, by nginx if it may, with ranges and without what a browser could take for anything else."""
    tag = f'"{etag}"'
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    return _guarded(unchanged or _sent(request, file, content_type, tag), tag)


def private_copy(request: Request, prediction: Prediction) -> HttpResponseBase:
    """The photo for other eyes than its owner's: a copy without metadata, made when asked for."""
    tag = f'"{prediction.sha256}-copy"'
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        return _guarded(unchanged, tag)
    try:
        copy = services.copy_for_others(prediction)
    except FileNotFoundError as error:
        raise Http404 from error
    named = {"Content-Disposition": f'inline; filename="{prediction.pk}.jpg"'}
    return _guarded(HttpResponse(copy, content_type="image/jpeg", headers=named), tag)


def _guarded(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    # Kept, but asked about each time: a browser must not show it to the next user, nor after it was deleted.
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _sent(request: Request, file: FieldFile, content_type: str, tag: str) -> HttpResponseBase:
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
    wanted = _range(request, tag, file.size)
    whole = FileResponse(opened, content_type=content_type, filename=name)
    whole["Accept-Ranges"] = "bytes"
    return whole if wanted is None else _part(whole, opened, wanted, file.size)


def _range(request: Request, tag: str, size: int) -> range | None:
    """The bytes asked for (RFC 9110, 14.2): one range, of this very file; None for all; empty for none there."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or found[0] == "bytes=-" or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _part(whole: FileResponse, file: Any, wanted: range, size: int) -> HttpResponseBase:
    if not wanted:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(wanted.start)
    headers = {
        "Content-Type": whole["Content-Type"],
        "Content-Disposition": whole["Content-Disposition"],
        "Content-Length": str(len(wanted)),
        "Content-Range": f"bytes {wanted.start}-{wanted.stop - 1}/{size}",
        "Accept-Ranges": "bytes",
    }
    return StreamingHttpResponse(_chunks(file, len(wanted)), status=206, headers=headers)


def _chunks(file: Any, length: int) -> Iterator[bytes]:
    with file:
        while length > 0 and (chunk := file.read(min(CHUNK_BYTES, length))):
            length -= len(chunk)
            yield chunk
