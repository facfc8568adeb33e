"""Content negotiation: which media type a response has."""

from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

JSON, PNG = "application/json", "image/png"


class AnyAccept(DefaultContentNegotiation):
    """For endpoints that send photos: clients that accept only `image/*` are served, and errors are JSON."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type


def prefers_json(request: Request) -> bool:
    """Whether a client that could have a picture asks for its figures."""
    return request._request.get_preferred_type([PNG, JSON]) == JSON
