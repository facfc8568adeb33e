"""Addresses that miss an endpoint by the slash at their end."""

from django.http import HttpRequest
from django.urls import resolve


def nearby_endpoint(request: HttpRequest) -> str:
    """A sentence about the endpoint with one slash more or less at its end; empty when there is none.

    `request` is one that only the view for unknown endpoints takes.
    """
    match, path = request.resolver_match, request.path_info
    if match is None:
        return ""
    other = path[:-1] if path.endswith("/") else f"{path}/"
    if resolve(other).func is match.func:
        return ""
    address = request.path[:-1] if path.endswith("/") else f"{request.path}/"
    return f"There is one at {address}, with one slash {'less' if path.endswith('/') else 'more'} at its end."
