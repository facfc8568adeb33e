"""Whether the process lives and whether it can do its work, for load balancers and people."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier.inference import instance


def livez(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    problems = [*_database_problems(), *_model_problems()]
    if problems:
        return JsonResponse({"status": "unavailable", "problems": problems}, status=503, headers={"Retry-After": "5"})
    service = instance.get()
    return JsonResponse({"status": "ok", "model": {"name": service.ref.name, "version": service.ref.version}})


class UnknownEndpointView(APIView):
    """Every path under /api/ that is none."""

    permission_classes = [AllowAny]
    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        raise NotFound("There is no such endpoint. See /api/docs/.")

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        raise NotFound


def _database_problems() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return [f"The database does not answer: {error}"]
    return []


def _model_problems() -> list[str]:
    return [] if instance.current() else ["No model serves yet. Run manage.py install_model resnet50 --activate."]
