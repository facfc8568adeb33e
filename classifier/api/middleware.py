"""Middleware of the API: errors that occur before any view is reached are JSON too."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from classifier.api.errors import bad_request


class KnownHost:
    """Refuses requests for a host name that is not in ALLOWED_HOSTS; in development Django would send a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(("/api/", "/compat/")):
            try:
                request.get_host()
            except DisallowedHost as error:
                return bad_request(request, error)
        return self._get_response(request)
