"""The figures for Prometheus, for the machine itself and for staff."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from classifier import metrics as figures
from classifier.api.authentication import TokenAuthentication
from classifier.conf import conf
from classifier.errors import error_body


def metrics(request: HttpRequest) -> HttpResponse:
    if not (conf.metrics_public or _is_local(request) or _is_staff(request)):
        body = error_body(status=401, code=NotAuthenticated.default_code, detail="Send a staff token.")
        return JsonResponse(body, status=401, headers={"WWW-Authenticate": "Token"})
    return HttpResponse(figures.exposition(), content_type=CONTENT_TYPE_LATEST)


def _is_local(request: HttpRequest) -> bool:
    """Whether this machine itself asks; behind a proxy everybody seems to."""
    if settings.BEHIND_TLS_PROXY:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _is_staff(request: HttpRequest) -> bool:
    if request.user.is_staff:
        return True
    try:
        signed_in = TokenAuthentication().authenticate(Request(request))
    except AuthenticationFailed:
        return False
    return bool(signed_in and signed_in[0].is_staff)
