"""Media types that Django and Django REST framework cannot read: they fail at them where they should refuse or ignore.

Both take `Multipart/Form-Data` for no form, where names of media types are the same in capitals (RFC 9110, 8.3.1).
"""

import codecs
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_EXTENDED = re.compile(r"\*[\d*]*\s*=")
"""A parameter of RFC 2231, as `boundary*=utf-8''x` and `a*0=x; a*1=y`; `*/*;q=0.8` has none."""


def with_readable_headers(application: Application) -> Application:
    """Leaves out a `Content-Type` that cannot be read, and media types of `Accept` that cannot.

    Django reads the one before any middleware is asked, and takes a codec as `base64` for a character set.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if sent := environ.get("CONTENT_TYPE"):
            name, *parameters = sent.split(";", 1)
            environ["CONTENT_TYPE"] = ";".join([name.lower(), *parameters]) if _is_readable(sent) else ""
        if _EXTENDED.search(accepted := environ.get("HTTP_ACCEPT", "")):
            environ["HTTP_ACCEPT"] = ",".join(filter(_is_readable, accepted.split(",")))
        return application(environ, start_response)

    return answer


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
