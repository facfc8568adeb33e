"""Middleware of the API: errors that occur before any view is reached are JSON too."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.urls import reverse

from classifier.api.errors import refuse
from classifier.errors import HttpsRequiredError

FOR_PROGRAMS = ("/api/", "/compat/")
"""What is below these paths is asked for by programs, and answered in JSON."""

PAGES = ("docs", "redoc")
"""The routes among them that are for people."""


BY_ADDRESS = ("/livez", "/readyz", "/metrics")
"""What load balancers and Prometheus ask for by IP address, or with no host at all; no answer has one in it."""


class HostChecked(CommonMiddleware):
    """Refuses requests for other hosts than ours, but for what is asked for by IP address."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        return None if request.path_info in BY_ADDRESS else super().process_request(request)


class HttpsOnly:
    """Refuses calls of the API by http where https is to be used; pages are redirected by Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_in_the_clear = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if is_in_the_clear and request.path_info.startswith((*FOR_PROGRAMS, "/metrics")) and not _is_page(request):
            return refuse(HttpsRequiredError)
        return self._get_response(request)


class NoStore:
    """Whatever does not say itself how it may be cached is kept by nobody: no view can forget it.

    Static files and private photos do say it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _is_page(request: HttpRequest) -> bool:
    return request.path in map(reverse, PAGES)
