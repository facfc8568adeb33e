"""Local time: pages show times as the clock of whoever looks has them."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

COOKIE = "timezone"
"""Set by a script of the pages; without it, times are those of the setting TIME_ZONE."""
PAGES = "classifier.web."


class LocalTime:
    """Middleware: the pages' views, and no others, see the time zone that the browser names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._names = available_timezones()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self._get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> None:
        name = request.COOKIES.get(COOKIE, "")
        if view.__module__.startswith(PAGES) and name in self._names:
            timezone.activate(ZoneInfo(name))
