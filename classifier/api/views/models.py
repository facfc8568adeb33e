"""Which models there are and what the serving one knows."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier.api.failures import fails_with
from classifier.api.parameters import check_known
from classifier.api.serializers.models import LabelListSerializer, ModelListSerializer
from classifier.errors import ModelNotReadyError, UnknownParameterError
from classifier.inference import instance
from classifier.inference.labels.names import matches
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
