"""The figures for Prometheus, for the machine itself and for staff."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from classifier import metrics as figures
from classifier.accounts import second_factor
from classifier.api.authentication import TokenAuthentication
from classifier.conf import conf
from classifier.errors import error_body
from classifier.process.addresses import is_loopback

OF_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
"""Headers that proxies add."""


def metrics(request: HttpRequest) -> HttpResponse:
    if not (conf.metrics_public or _is_local(request) or _is_staff(request)):
        body = error_body(status=401, code=NotAuthenticated.default_code, detail="Send a staff token.")
        return JsonResponse(body, status=401, headers={"WWW-Authenticate": "Token"})
    return HttpResponse(figures.exposition(), content_type=CONTENT_TYPE_LATEST)


def _is_local(request: HttpRequest) -> bool:
    """Whether this machine itself asks; behind a proxy, of which the headers tell, everybody seems to."""
    if settings.BEHIND_TLS_PROXY or any(name in request.META for name in OF_PROXIES):
        return False
    return is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_staff(request: HttpRequest) -> bool:
    if second_factor.may_act_as_staff(request.user):
        return True
    try:
        signed_in = TokenAuthentication().authenticate(Request(request))
    except AuthenticationFailed:
        return False
    return bool(signed_in and second_factor.may_act_as_staff(signed_in[0]))
