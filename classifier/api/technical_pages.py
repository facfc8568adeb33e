"""Django's own pages of errors, with code and settings in them: for staff who sit at a developer's own machine."""

import sys

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views import debug

from classifier.process.addresses import is_loopback

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'"
"""They have their styles and scripts in themselves."""


def of_missing(request: HttpRequest, exception: Http404) -> HttpResponse | None:
    """Which paths there are; None for whom the site's own page is."""
    return _allowed(debug.technical_404_response(request, exception)) if _is_for(request) else None


def of_failure(request: HttpRequest) -> HttpResponse | None:
    """Where the error that is being handled came from; None for whom the site's own page is."""
    return _allowed(debug.technical_500_response(request, *sys.exc_info())) if _is_for(request) else None


def _is_for(request: HttpRequest) -> bool:
    """The address is asked for too: `runserver` may listen elsewhere than the settings say."""
    if not settings.OWN_MACHINE or not is_loopback(request.META.get("REMOTE_ADDR", "")):
        return False
    try:
        return hasattr(request, "user") and request.user.is_active and request.user.is_staff
    except DatabaseError:  # which may be the very failure
        return False


def _allowed(page: HttpResponse) -> HttpResponse:
    page.headers["Content-Security-Policy"] = POLICY
    return page
