"""Content security policy: browsers load nothing but this server's own files."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

HEADER = "Content-Security-Policy"
OWN_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
API_DOCUMENTATION = OWN_PAGES.replace("img-src 'self' blob:", "img-src 'self' data:")
"""Swagger UI has its icons as data URLs in its style sheet."""


class ContentSecurityPolicy:
    """Adds the policy to every response that has none, but for Django's debug pages, whose styles are inline."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        is_debug_page = settings.DEBUG and response.status_code in (404, 500)
        if not is_debug_page:
            response.headers.setdefault(HEADER, API_DOCUMENTATION if request.path == reverse("docs") else OWN_PAGES)
        return response
