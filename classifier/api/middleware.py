"""What must be JSON under /api/ and /compat/ although no view of it is reached."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from classifier.api.errors import bad_request


class KnownHost:
    """Refuses a request for a host that is none of this server's; in development Django would answer with a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(("/api/", "/compat/")):
            try:
                request.get_host()
            except DisallowedHost as error:
                return bad_request(request, error)
        return self._get_response(request)
