"""Forms of one photo, which most requests are: read at once, where Django and DRF would call 900 functions."""

import io
import re
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from rest_framework.parsers import DataAndFiles
from rest_framework.request import Request
from rest_framework.views import APIView

from classifier.api.parsers import FormWithFilesParser
from classifier.predictions.intake import check_size

_BOUNDARY = re.compile(r"[A-Za-z0-9'()+_,./:=?-]{1,70}")
"""RFC 2046."""
_TYPE = r"(?:(?i:content-type): (?P<type_%s>[\w.+-]{1,60}/[\w.+-]{1,60})\r\n)?"
_NAMES = r'name="(?P<field>\w{1,60})"; filename="(?P<filename>\w[\w .-]{0,200})"'
_HEAD = re.compile(
    rf"{_TYPE % 'before'}(?i:content-disposition): form-data; {_NAMES}\r\n{_TYPE % 'after'}\r\n".encode()
)
"""The headers of a file, as browsers, curl, Python's and Dart's libraries write them; names that need decoding are
Django's to read."""


class PhotoFormParser(FormWithFilesParser):
    """A form with one file and nothing else in one go, if it may be in memory; whatever else as Django reads it.

    Django's upload handlers have nothing to do with the first: they see to what comes in pieces, and goes to the disk.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> "DataAndFiles[Any, Any]":
        """Raises UploadTooLargeError."""
        request = parser_context["request"]
        size_bytes = int(request.META.get("CONTENT_LENGTH") or 0)
        if 0 < size_bytes <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            body = stream.read(size_bytes)
            found = _only_file(body, boundary=request.content_params.get("boundary", ""))
            if found:
                field, file = found
                check_size(file.size or 0)
                return DataAndFiles(QueryDict(), MultiValueDict({field: [file]}))
            stream = io.BytesIO(body)
        return super().parse(stream, request.META["CONTENT_TYPE"], parser_context)


class UploadRequest(Request):
    """A request that takes from Django what its content type is: DRF would parse the header another four times."""

    @property
    def content_type(self) -> str:  # type: ignore[override]
        """Without parameters."""
        return self._request.content_type or ""


class UploadView(APIView):
    """The base of views that take a photo in a form."""

    parser_classes = [PhotoFormParser]

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        return UploadRequest(
            request,
            parsers=self.get_parsers(),
            authenticators=self.get_authenticators(),
            negotiator=self.get_content_negotiator(),
            parser_context=self.get_parser_context(request),
        )


def _only_file(body: bytes, *, boundary: str) -> "tuple[str, UploadedFile[bytes]] | None":
    """The field and the file of a form's only part; None if the form is not that, or not as simple as that."""
    if not _BOUNDARY.fullmatch(boundary):
        return None
    delimiter = b"--" + boundary.encode()
    head = _HEAD.match(body, len(delimiter) + 2)
    if head is None or not body.startswith(delimiter + b"\r\n"):
        return None
    end = body.find(delimiter, len(delimiter)) - 2  # a delimiter ends a part wherever it is: so Django has it
    if end < head.end() or body[end:].removesuffix(b"\r\n") != b"\r\n" + delimiter + b"--":
        return None
    content = body[head.end() : end]
    content_type = (head["type_after"] or head["type_before"] or b"").decode().lower()
    file = UploadedFile(
        io.BytesIO(content), head["filename"].decode(), content_type, len(content), content_type_extra={}
    )
    return head["field"].decode(), file
