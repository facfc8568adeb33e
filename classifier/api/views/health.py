"""Whether the process lives and whether it can do its work, for load balancers and people."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier.api.slashes import nearby_endpoint
from classifier.conf import conf
from classifier.errors import ModelNotReadyError
from classifier.inference import instance
from classifier.inference.service import ClassifierService
from classifier.model_registry import versions
from classifier.storage import health


def livez(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """503 with what keeps the server from its work; a warning alone is for people, and takes no server out of work."""
    service = instance.current()
    try:
        problems, warnings = _problems(service), health.warnings()
    except DatabaseError as error:
        problems, warnings = [f"The database does not answer: {error}"], []
    if service is None or problems:
        body: dict[str, Any] = {"status": "unavailable", "problems": problems, "warnings": warnings}
        return JsonResponse(body, status=503, headers={"Retry-After": "5"})
    model = {"name": service.ref.name, "version": service.ref.version}
    return JsonResponse({"status": "ok", "model": model, "warnings": warnings})


class UnknownEndpointView(APIView):
    """Every path under /api/ that is none."""

    name = "API"
    permission_classes = [AllowAny]
    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        hint = nearby_endpoint(request._request) or f"See {reverse('docs')}."
        raise NotFound(f"There is no such endpoint. {hint}")

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        raise NotFound


def _problems(service: ClassifierService | None) -> list[str]:
    """Raises DatabaseError."""
    active = versions.active()
    if found := health.problems():
        return found
    if service is not None:
        problem = service.watchdog.problem(timeout_s=conf.inference_timeout_s)
        return [problem] if problem else []
    if active is None:
        return [ModelNotReadyError.detail]
    if active.load_error and conf.engine == "remote":
        return [f"{active} is active, but its remote server does not serve it; manage.py list_models tells why."]
    if active.load_error:
        return [f"{active} is active but cannot be loaded; manage.py list_models tells why."]
    return [f"{active} is being loaded."]
