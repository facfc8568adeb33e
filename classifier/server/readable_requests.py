"""Requests that Django and Django REST framework can read: they fail at others, where they should refuse or ignore.

Both take `Multipart/Form-Data` for no form, where names of media types are the same in capitals (RFC 9110, 8.3.1).
"""

import codecs
import re
from typing import Any

from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.http import parse_header_parameters

_EXTENDED = re.compile(r"\*\d*\s*=")
"""A parameter of RFC 2231, as `boundary*=utf-8''x` and `a*0=x; a*1=y`; `*/*;q=0.8` has none.

It repeats no stars: a long row of them would be read again from each one, which takes minutes.
"""


def wsgi_application() -> WSGIHandler:
    """Django, with requests that it can read."""
    application = get_wsgi_application()
    application.request_class = ReadableWSGIRequest
    return application


def asgi_application() -> ASGIHandler:
    """The same by ASGI."""
    application = get_asgi_application()
    application.request_class = ReadableASGIRequest
    return application


class _Readable(HttpRequest):
    """Numbered parameters of RFC 2231 beside one without a number are a wrong form, and no bug."""

    def parse_file_upload(self, META: Any, post_data: Any) -> Any:  # noqa: N803  (Django's name)
        try:
            return super().parse_file_upload(META, post_data)
        except TypeError as error:
            raise MultiPartParserError("A part has a header that cannot be read.") from error


class ReadableWSGIRequest(_Readable, WSGIRequest):
    """A request without the `Content-Type` that cannot be read, and without media types of `Accept` that cannot.

    Django reads the one before any middleware is asked, and takes a codec as `base64` for a character set.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        if sent := environ.get("CONTENT_TYPE"):
            environ["CONTENT_TYPE"] = _content_type(sent)
        if sent := environ.get("HTTP_ACCEPT"):
            environ["HTTP_ACCEPT"] = _accept(sent)
        super().__init__(environ)


class ReadableASGIRequest(_Readable, ASGIRequest):
    """The same by ASGI."""

    def __init__(self, scope: dict[str, Any], body_file: Any) -> None:
        readable = {b"content-type": _content_type, b"accept": _accept}
        headers = [
            (name, readable[name](value.decode("latin-1")).encode("latin-1")) if name in readable else (name, value)
            for name, value in scope["headers"]
        ]
        super().__init__({**scope, "headers": headers}, body_file)


def _content_type(sent: str) -> str:
    name, *parameters = sent.split(";", 1)
    return ";".join([name.lower(), *parameters]) if _is_readable(sent) else ""


def _accept(sent: str) -> str:
    return ",".join(filter(_is_readable, sent.split(","))) if _EXTENDED.search(sent) else sent


def _is_readable(media_type: str) -> bool:
    if not (_EXTENDED.search(media_type) or "charset" in media_type.lower()):
        return True  # nearly all: nothing is parsed twice
    try:
        _, parameters = parse_header_parameters(media_type)
    except (ValueError, TypeError):  # a character set that there is not; numbered parts beside one without a number
        return False
    return _is_text(parameters.get("charset", "utf-8"))


def _is_text(charset: str) -> bool:
    """False for codecs that are no character set; one that nobody knows is ignored by Django."""
    try:
        codecs.lookup(charset)
    except LookupError:
        return True
    except ValueError:
        return False
    try:
        "".encode(charset)
    except (LookupError, ValueError):
        return False
    return True
