"""Where a page leads when it is done: back to where somebody came from, if that is on this server."""

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

PARAMETER = "next"


def target_of(request: HttpRequest, *, default: str) -> str:
    """The path that the form or the query names; the default for none, and for any other server's."""
    target = request.POST.get(PARAMETER, request.GET.get(PARAMETER, ""))
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return target
    return resolve_url(default)
