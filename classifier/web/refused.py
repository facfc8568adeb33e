"""Pages that are refused for a while: whatever view it was, the admin's too, its page says when to come again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from classifier.errors import RetryableError


class RefusedPages:
    """Middleware: a RetryableError that no view has caught becomes a page with its status and Retry-After."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RetryableError):
            return None
        response = render(request, "refused.html", {"error": exception}, status=exception.status)
        response.headers["Retry-After"] = str(exception.retry_after_s)
        return response
