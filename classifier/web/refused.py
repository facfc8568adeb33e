"""Pages that are refused, whatever view it was, the admin's too: they say when to come again, or where from."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from classifier.errors import RetryableError, StorageFullError
from classifier.storage.database_errors import refusal_of_database
from classifier.templatetags.words import told


class RefusedPages:
    """Middleware: what no view has caught of a full disk or a busy server becomes a page with its status.

    So does opening what a button sends to: whoever was signed out meanwhile is led there once signed in again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET" or response.content:
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        error = refusal_of_database(exception) if isinstance(exception, OperationalError) else exception
        if not isinstance(error, RetryableError | StorageFullError):
            return None
        try:
            response = render(request, "refused.html", {"error": error}, status=error.status)
        except OperationalError:  # not even who is signed in can be looked up
            response = HttpResponse(told(error), status=error.status, content_type="text/plain; charset=utf-8")
        if error.retry_after_s is not None:
            response.headers["Retry-After"] = str(error.retry_after_s)
        return response
