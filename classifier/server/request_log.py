"""Watches every request: a line in the log, a figure for /metrics, and an id that ties the two to the answer."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from classifier import metrics
from classifier.accounts.addresses import client_address

QUIET = frozenset({"livez", "readyz", "metrics"})
"""Routes that machines ask every few seconds."""
MAX_LOGGED_CHARACTERS = 300
"""Of one text."""
_ID = re.compile(r"[\w.-]{1,64}")
logger = structlog.get_logger("classifier.requests")


class RequestLog:
    """Takes a proxy's `X-Request-ID` or makes one, and answers with it. Queries and headers are never logged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request.META.get("HTTP_X_REQUEST_ID", "")
        if not _ID.fullmatch(request_id):
            request_id = uuid.uuid4().hex
        start = time.perf_counter()
        address = printable(client_address(request))  # of every line that is written meanwhile
        bound = structlog.contextvars.bind_contextvars(request_id=request_id, address=address)
        try:
            response = self._get_response(request)
            self._log(request, response, address, time.perf_counter() - start)
        finally:
            structlog.contextvars.reset_contextvars(**bound)
        response["X-Request-ID"] = request_id
        return response

    def _log(self, request: HttpRequest, response: HttpResponse, address: str, seconds: float) -> None:
        match = request.resolver_match
        metrics.count_request(_method(request), match.route if match else "", response.status_code, seconds)
        if match and match.url_name in QUIET and response.status_code < 500:
            return
        log_request(
            "request",
            method=request.method or "",
            path=request.path,
            status=response.status_code,
            address=address,
            user=getattr(request, "user", None) and request.user.pk,
            bytes_in=_bytes_in(request),
            ms=seconds * 1000,
        )


def log_request(event: str, *, method: str, path: str, address: str, ms: float, **facts: int | None) -> None:
    """One line; the address is `printable` already."""
    logger.info(event, method=printable(method), path=printable(path), address=address, **facts, ms=round(ms, 1))


def printable(text: str) -> str:
    """What the client chose, cut, and without what a terminal or a file would take for more."""
    cut = text[:MAX_LOGGED_CHARACTERS]
    if cut.isprintable():
        return cut
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in cut)


def _method(request: HttpRequest) -> str:
    """One of few: clients may send any word, and each would be a series of its own."""
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return request.method if request.method in known else "OTHER"


def _bytes_in(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0
