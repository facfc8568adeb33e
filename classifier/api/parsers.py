"""How bodies are read: no deeper and no larger than anything this API needs."""

import io
from typing import Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser

from classifier.errors import RequestTooLargeError


class BoundedJSONParser(JSONParser):
    """JSON of at most `DATA_UPLOAD_MAX_MEMORY_SIZE` bytes; nesting that Python cannot follow is a wrong request."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise RequestTooLargeError(allowed_bytes=limit)
        try:
            return super().parse(io.BytesIO(data), media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON parse error - nested too deep.") from error


class FormWithFilesParser(MultiPartParser):
    """Forms with files, as Django reads them; it fails at headers of a part where it should refuse them."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> "DataAndFiles[Any, Any]":
        try:
            return super().parse(stream, media_type, parser_context)
        except TypeError as error:  # numbered parameters of RFC 2231 beside one without a number
            raise ParseError("Multipart form parse error - a part has a header that cannot be read.") from error
