"""Heads of requests that a proxy might read otherwise than this server: none of them is passed on (RFC 9112)."""

import re
from collections.abc import Mapping

from classifier.errors import BadRequestError, ClassifierError, HttpVersionError

VERSIONS = frozenset({"1.0", "1.1"})
_TRANSFER_ENCODING = re.compile(rb"^transfer-encoding:[ \t]*(.*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def framing_problem(head: bytes, headers: Mapping[str, str], version: str) -> ClassifierError | None:
    """What is wrong with a head that can be parsed; `headers` are named as waitress does, which joins those of a name.

    The connection is to be closed then: where the next request begins is not certain.
    """
    if version not in VERSIONS:
        return HttpVersionError()
    if not (_has_one_length(head, headers, version) and _has_one_host(headers, version)):
        return BadRequestError()
    return None


def _has_one_length(head: bytes, headers: Mapping[str, str], version: str) -> bool:
    """By chunks or by Content-Length, never by both; chunks are unknown to HTTP/1.0."""
    encodings = _TRANSFER_ENCODING.findall(head)
    if not encodings:
        return True
    is_chunked_once = [encoding.lower() for encoding in encodings] == [b"chunked"]
    return is_chunked_once and version == "1.1" and "CONTENT_LENGTH" not in headers


def _has_one_host(headers: Mapping[str, str], version: str) -> bool:
    host = headers.get("HOST")
    return version == "1.0" if host is None else "," not in host
