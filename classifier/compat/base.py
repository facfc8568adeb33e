"""What all adapters share: who may ask, which model serves, an error as `{"error": …}` with the API's status."""

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
from classifier.inference import instance
from classifier.inference.service import ClassifierService


class BearerAuthentication(TokenAuthentication):
    """The same tokens under the name that most clients give them: `Authorization: Bearer <key>`."""

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"


class AdapterView(APIView):
    """An endpoint of another server."""

    authentication_classes: list[type[BaseAuthentication]] = [BearerAuthentication, TokenAuthentication]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = AnyAccept
    schema = None

    def handle_exception(self, exc: Exception) -> Response:
        """The API's own answer to what went wrong, status and headers, in the protocol's words."""
        response = super().handle_exception(exc)
        first = response.data["errors"][0]
        response.data = self.error_body(code=first["code"], detail=first["detail"], headers=response.headers)
        return response

    def error_body(self, *, code: str, detail: str, headers: Mapping[str, str]) -> dict[str, Any]:
        return {"error": detail}


class UnknownEndpointView(AdapterView):
    """Every path under /compat/ that is none."""

    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        raise NotFound("There is no such endpoint. See docs/other-clients.md for those there are.")


def serving(name: str = "", version: str = "") -> ClassifierService:
    """The model that serves; asked for by another name or version, it is not there.

    Raises ModelNotReadyError, NotFound.
    """
    service = instance.get()
    ref = service.ref
    if name not in ("", ref.name) or version not in ("", ref.version):
        asked = f"{name}-{version}" if version else name
        raise NotFound(f"{asked!r} does not serve; {ref.name!r}, version {ref.version!r}, does.")
    return service
