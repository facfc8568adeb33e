"""What the server refuses by itself, answered as the API would answer it."""

import json
import time
from html import escape
from http import HTTPStatus

from corsheaders.middleware import CorsMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import set_script_prefix
from waitress.task import ErrorTask

from classifier import metrics
from classifier.conf import conf
from classifier.errors import (
    BadRequestError,
    ClassifierError,
    HeadersTooLargeError,
    NotSignedInError,
    RequestTooLargeError,
    RetryableError,
    error_body,
)
from classifier.server.refusal_log import Refused


class Refusal(ErrorTask):  # type: ignore[misc]
    """The answer to a request with an error."""

    def execute(self) -> None:
        error = refusal_of(self.request.error)
        status = HTTPStatus(error.status)
        media_type, body = self._body(error)
        self.response_headers.append(("Content-Type", media_type))
        self.response_headers += self._headers_for_other_sites()
        if isinstance(error, NotSignedInError):
            status = self._ask_to_sign_in(status)
        self.status = f"{status.value} {status.phrase}"
        if isinstance(error, RetryableError):
            self.response_headers.append(("Retry-After", str(error.retry_after_s)))
        if not self.request.is_body_read or self.channel.server.is_draining:
            self.set_close_on_finish()
        self.content_length = len(body)
        self.write(b"" if self.request.command == "HEAD" else body)
        self.channel.discards_input = not self.request.is_body_read
        self._log(status, error)

    def _ask_to_sign_in(self, status: HTTPStatus) -> HTTPStatus:
        """As Django would have: pages lead to the form."""
        if self._is_for_a_page():
            set_script_prefix(settings.FORCE_SCRIPT_NAME or "/")  # each thread has one of its own
            self.response_headers.append(("Location", resolve_url(settings.LOGIN_URL)))
            return HTTPStatus.FOUND
        scheme = "Bearer" if self.request.path.startswith("/compat/") else "Token"
        self.response_headers.append(("WWW-Authenticate", scheme))
        return status

    def _headers_for_other_sites(self) -> list[tuple[str, str]]:
        """As Django would have: what lets a script of another site read the answer."""
        if not settings.CORS_ALLOWED_ORIGINS or "ORIGIN" not in self.request.headers:
            return []
        request, response = HttpRequest(), HttpResponse()
        request.path_info, request.META["HTTP_ORIGIN"] = self.request.path, self.request.headers["ORIGIN"]
        del response["Content-Type"]
        return list(CorsMiddleware(lambda _: response).add_response_headers(request, response).items())

    def _body(self, error: ClassifierError) -> tuple[str, bytes]:
        """Media type and text; a page for browsers that show what they get."""
        if self._is_for_a_page():
            page = f"<!doctype html><title>{error.status}</title><p>{escape(str(error))}"
            return "text/html; charset=utf-8", page.encode()
        body = error_body(status=error.status, code=error.code, detail=str(error), attr=error.attr)
        if self.request.path.startswith("/compat/"):
            body = {"error": str(error)}
        return "application/json", json.dumps(body).encode()

    def _is_for_a_page(self) -> bool:
        path, accepted = self.request.path, self.request.headers.get("ACCEPT", "")
        return "text/html" in accepted and not path.startswith(("/api/", "/compat/"))

    def _log(self, status: HTTPStatus, error: ClassifierError) -> None:
        ms = (time.monotonic() - self.request.began_at) * 1000
        metrics.count_error(error.code)
        metrics.count_request("POST" if status == 503 else "OTHER", "", status, ms / 1000)
        request, sender = self.request, self.request.sender
        self.channel.server.refusal_log.add(
            Refused(request.command, request.path, status.value, sender.address, sender.account, ms)
        )


def refusal_of(error: object) -> ClassifierError:
    """Our error for one of waitress' own, which have a status as `code`; ours stay what they are."""
    if isinstance(error, ClassifierError):
        return error
    match getattr(error, "code", None):
        case RequestTooLargeError.status:
            return RequestTooLargeError(allowed_bytes=conf.max_upload_bytes)
        case HeadersTooLargeError.status:
            return HeadersTooLargeError()
        case ClassifierError.status:
            return ClassifierError()
        case _:
            return BadRequestError()
