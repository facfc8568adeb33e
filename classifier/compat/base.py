"""What all protocol adapters share: authentication, the serving model, and errors as `{"error": …}`."""

from collections.abc import Mapping
from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier.api.authentication import TokenAuthentication
from classifier.api.negotiation import AnyAccept
from classifier.api.slashes import nearby_endpoint
from classifier.inference import instance
from classifier.inference.service import ClassifierService


class BearerAuthentication(TokenAuthentication):
    """The same tokens with the scheme that most clients use: `Authorization: Bearer <key>`."""

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"


class AdapterView(APIView):
    """An endpoint of another server's protocol."""

    authentication_classes: list[type[BaseAuthentication]] = [BearerAuthentication, TokenAuthentication]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = AnyAccept
    schema = None

    def handle_exception(self, exc: Exception) -> Response:
        """The API's status and headers for an error, with the body of the protocol."""
        response = super().handle_exception(exc)
        first = response.data["errors"][0]
        response.data = self.error_body(code=first["code"], detail=first["detail"], headers=response.headers)
        return response

    def error_body(self, *, code: str, detail: str, headers: Mapping[str, str]) -> dict[str, Any]:
        return {"error": detail}


class UnknownEndpointView(AdapterView):
    """Every unknown path under /compat/."""

    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        hint = nearby_endpoint(request._request) or "docs/other-clients.md lists those that do."
        raise NotFound(f"This endpoint does not exist. {hint}")


def serving(name: str = "", version: str = "") -> ClassifierService:
    """The serving model. Raises NotFound when `name` or `version` are those of another one, or ModelNotReadyError."""
    service = instance.get()
    ref = service.ref
    if name not in ("", ref.name) or version not in ("", ref.version):
        requested = f"{name}-{version}" if version else name
        raise NotFound(f"{requested!r} is not served here. Ask for {ref.name!r}, version {ref.version!r}.")
    return service
