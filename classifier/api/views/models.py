"""Which models there are and what the serving one knows."""

from pathlib import Path

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from classifier.api.failures import fails_with
from classifier.api.parameters import check_known
from classifier.api.serializers.models import LabelListSerializer, ModelListSerializer, OnDeviceModelSerializer
from classifier.errors import ModelNotReadyError, NoOnDeviceModelError, UnknownParameterError
from classifier.inference import instance
from classifier.inference.labels.names import matches
from classifier.inference.packaging import on_device
from classifier.inference.packaging.folders import ON_DEVICE_FILE
from classifier.models import ModelVersion


class ModelsView(APIView):
    """The installed model versions, and which one answers now."""

    @fails_with(UnknownParameterError)
    @extend_schema(responses=ModelListSerializer, tags=["models"])
    def get(self, request: Request) -> Response:
        check_known(request, ())
        service = instance.current()
        serving = (service.ref.name, service.ref.version) if service else None
        versions = ModelVersion.objects.order_by("-is_active", "-created_at")
        return Response(ModelListSerializer({"results": versions}, context={"serving": serving}).data)


class LabelsView(APIView):
    """The classes that the serving model tells apart, in the order of its outputs."""

    @fails_with(ModelNotReadyError, UnknownParameterError)
    @extend_schema(
        parameters=[OpenApiParameter("search", str, description="A part of the label.")],
        responses=LabelListSerializer,
        tags=["models"],
    )
    def get(self, request: Request) -> Response:
        check_known(request, ("search",))
        service = instance.get()
        search = request.query_params.get("search", "").strip()
        labels = [{"wnid": label.wnid, "label": label.name} for label in service.labels if matches(label.name, search)]
        model = {"name": service.ref.name, "version": service.ref.version}
        return Response({"model": model, "count": len(labels), "results": labels})


class OnDeviceModelView(APIView):
    """The serving model in the form that phones run, and all that a phone needs to answer as this server does."""

    @fails_with(ModelNotReadyError, NoOnDeviceModelError, UnknownParameterError)
    @extend_schema(responses=OnDeviceModelSerializer, tags=["models"])
    def get(self, request: Request) -> Response:
        check_known(request, ())
        version = _serving_version()
        facts = on_device.find(version.folder)
        if facts is None:
            raise NoOnDeviceModelError
        return Response(
            OnDeviceModelSerializer(
                {
                    "name": version.name,
                    "version": version.version,
                    "model": {
                        "url": reverse("on-device-file", args=[version.version], request=request),
                        "bytes": facts.bytes,
                        "sha256": facts.sha256,
                        "precision": facts.precision,
                    },
                    "labels_url": reverse("labels", request=request),
                    "preprocessing": version.manifest["preprocessing"],
                    "parity": {
                        "photos": facts.probes,
                        "top_1_agreement": facts.top_1_agreement,
                        "max_difference": facts.max_difference,
                    },
                }
            ).data
        )


class OnDeviceFileView(APIView):
    """The file that phones run; that of a version never changes."""

    @fails_with(NoOnDeviceModelError, UnknownParameterError)
    @extend_schema(
        operation_id="models_on_device_file",
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)},
        tags=["models"],
    )
    def get(self, request: Request, version: str) -> FileResponse:
        check_known(request, ())
        row = ModelVersion.objects.filter(version=version).first() if version.isalnum() else None
        if row is None:
            raise NotFound
        if on_device.find(row.folder) is None:
            raise NoOnDeviceModelError
        path = Path(row.folder) / ON_DEVICE_FILE
        return FileResponse(path.open("rb"), content_type="application/octet-stream", filename=f"{row}.tflite")


def _serving_version() -> ModelVersion:
    """The row of the model that answers now. Raises ModelNotReadyError."""
    ref = instance.get().ref
    row = ModelVersion.objects.filter(name=ref.name, version=ref.version).first()
    if row is None:
        raise ModelNotReadyError
    return row
