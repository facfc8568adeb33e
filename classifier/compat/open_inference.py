"""The endpoints of the Open Inference Protocol, version 2, for clients of Triton, KServe and others."""

from collections.abc import Sequence

from django.http import HttpResponse
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from classifier import __version__
from classifier.api.views.health import readyz
from classifier.compat.base import AdapterView, serving
from classifier.compat.bodies import admitted
from classifier.compat.tensors import INPUT, describe_outputs, output_tensor, photos_in, requested_outputs
from classifier.conf import conf
from classifier.errors import MalformedMessageError
from classifier.inference.open_inference.messages import (
    HEADER_LENGTH,
    InferRequest,
    RequestedOutput,
    read_request,
    write_body,
)
from classifier.inference.service import ClassifierService
from classifier.inference.types import Classification

LONGEST_LENGTH = len(str(2**63))
"""Digits of a number of bytes; Python reads no number of thousands of them."""
EXTENSIONS = ["binary_tensor_data", "classification", "network_input"]


class LiveView(AdapterView):
    authentication_classes = []
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        return Response({"live": True})


class ReadyView(AdapterView):
    authentication_classes = []
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        status = readyz(request._request).status_code
        return Response({"ready": status == 200}, status=status)


class ServerView(AdapterView):
    authentication_classes = []
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        return Response({"name": "image-classifier", "version": __version__, "extensions": EXTENSIONS})


class ModelView(AdapterView):
    """The inputs and outputs of the serving model; -1 stands for any length."""

    def get(self, request: Request, name: str, version: str = "") -> Response:
        service = serving(name, version)
        facts = {"name": service.ref.name, "versions": [service.ref.version], "platform": conf.engine}
        return Response({**facts, "inputs": [INPUT], "outputs": describe_outputs(classes=len(service.labels))})


class ModelReadyView(AdapterView):
    def get(self, request: Request, name: str, version: str = "") -> Response:
        return Response({"name": serving(name, version).ref.name, "ready": True})


class InferView(AdapterView):
    """Classifies the photos of one tensor."""

    def post(self, request: Request, name: str, version: str = "") -> HttpResponse:
        service = serving(name, version)
        with admitted(request, service) as (body, slot):
            infer_request = read_request(body, header_length=_header_length(request))
            outputs = requested_outputs(infer_request)
            classifications = slot.classify_all(
                photos_in(infer_request, service.manifest.preprocessing), top_k=len(service.labels)
            )
        return _respond(infer_request, service, outputs, classifications)


def _header_length(request: Request) -> int | None:
    length = request.headers.get(HEADER_LENGTH)
    if length is None:
        return None
    if not (length.isascii() and length.isdecimal() and len(length) <= LONGEST_LENGTH):
        raise MalformedMessageError(f"{HEADER_LENGTH} must be a whole number of bytes.")
    return int(length)


def _respond(
    infer_request: InferRequest,
    service: ClassifierService,
    outputs: Sequence[RequestedOutput],
    classifications: Sequence[Classification],
) -> HttpResponse:
    facts = {"model_name": service.ref.name, "model_version": service.ref.version}
    body, header_length = write_body(
        {**facts, "id": infer_request.id} if infer_request.id else facts,
        key="outputs",
        tensors=[output_tensor(output, classifications, service.labels) for output in outputs],
        binary=frozenset(output.name for output in outputs if output.is_binary),
    )
    if header_length is None:
        return HttpResponse(body, content_type="application/json")
    return HttpResponse(body, content_type="application/octet-stream", headers={HEADER_LENGTH: str(header_length)})
