"""Content negotiation: which media type a response has."""

from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

ANYTHING, JSON, PNG = "*/*", "application/json", "image/png"


class FirstAtOnce(DefaultContentNegotiation):
    """Whoever takes anything or asks for what the endpoint sends first, as programs do, gets that without a search."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        meta, first = request._request.META, renderers[0]
        names_format = format_suffix or meta.get("QUERY_STRING")
        if not names_format and meta.get("HTTP_ACCEPT", ANYTHING) in (ANYTHING, first.media_type):
            return first, first.media_type
        return super().select_renderer(request, renderers, format_suffix)


class AnyAccept(FirstAtOnce):
    """For endpoints that send photos: clients that accept only `image/*` are served, and errors are JSON."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type


def prefers_json(request: Request) -> bool:
    """Whether a client that could have a picture asks for its figures."""
    return request._request.get_preferred_type([PNG, JSON]) == JSON
