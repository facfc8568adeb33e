"""Photos in, predictions out, and the history of both."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from classifier.accounts import second_factor
from classifier.api.failures import fails_with
from classifier.api.headers import LOCATION, PICTURE, REPLAYED
from classifier.api.negotiation import AnyAccept, prefers_json
from classifier.api.parameters import check_known
from classifier.api.parsers import BoundedJSONParser
from classifier.api.photo_forms import UploadView
from classifier.api.private_files import private_bytes, private_copy, private_file
from classifier.api.serializers.explanations import AskedLabelSerializer, ClassMapSerializer
from classifier.api.serializers.predictions import (
    DeletedSerializer,
    DeletionSerializer,
    PredictionSerializer,
    SentPhoto,
    SimplePredictionSerializer,
    UploadParametersSerializer,
    UploadSerializer,
)
from classifier.errors import (
    DigestMismatchError,
    IdempotencyInProgressError,
    IdempotencyKeyReusedError,
    ImageError,
    NotExplainableError,
    PhotoLostError,
    QuotaExceededError,
    RetakeError,
    RetryableError,
    StorageFullError,
    StorageUnavailableError,
    UnknownLabelError,
    UnknownParameterError,
)
from classifier.models import Prediction
from classifier.predictions import deletion, explanation, reclassification, services
from classifier.predictions.filters import PredictionFilter
from classifier.predictions.intake import Sender
from classifier.predictions.pagination import HistoryPagination

HEADERS = [
    OpenApiParameter(
        "Idempotency-Key",
        str,
        OpenApiParameter.HEADER,
        description="A name of yours for this upload, up to 255 characters: sent again, it gets the same answer.",
    ),
    OpenApiParameter(
        "Content-Digest",
        str,
        OpenApiParameter.HEADER,
        description="`sha-256=:<base64>:` of the photo (RFC 9530).",
    ),
]
RANGE = OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="One range of bytes: `bytes=0-1023`.")


def picture(media_type: str) -> dict[Any, OpenApiResponse]:
    """The answers of an endpoint that sends a picture: whole, in part, or not because the client has it."""
    sent = {(status, media_type): OpenApiResponse(OpenApiTypes.BINARY) for status in (200, 206)}
    return {**sent, 304: OpenApiResponse(description="Not modified"), 416: OpenApiResponse(description="No such range")}


class PredictionViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Prediction],
    UploadView,
):
    """Your predictions, newest first. Send a photo to add one."""

    serializer_class = PredictionSerializer
    filterset_class = PredictionFilter
    pagination_class = HistoryPagination
    lookup_value_converter = "uuid"
    queryset = Prediction.objects.select_related("model_version", "feedback")

    def get_queryset(self) -> QuerySet[Prediction]:
        rows = super().get_queryset()
        if self.action in ("image", "thumbnail", "why") and second_factor.may_act_as_staff(self.request.user):
            return rows
        return rows.filter(owner_id=self.request.user.pk)

    def get_serializer_class(self) -> Any:
        is_form = self.action == "list" and self.request.method == "POST"  # the browsable API's
        return UploadSerializer if self.action == "create" or is_form else self.serializer_class

    @fails_with(UnknownParameterError)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        pages = {HistoryPagination.cursor_query_param, HistoryPagination.page_size_query_param}
        check_known(request, {*PredictionFilter.base_filters, *pages})
        return super().list(request, *args, **kwargs)

    @fails_with(
        ImageError,
        DigestMismatchError,
        IdempotencyInProgressError,
        IdempotencyKeyReusedError,
        QuotaExceededError,
        RetakeError,
        StorageFullError,
        RetryableError,
    )
    @extend_schema(
        request={"multipart/form-data": UploadSerializer},
        parameters=[UploadParametersSerializer, *HEADERS, LOCATION, REPLAYED],
        responses={201: PredictionSerializer},
    )
    def create(self, request: Request) -> Response:
        """Classifies a photo and stores it with its prediction."""
        sent = SentPhoto.of(request)
        stored = services.classify_upload(
            sender=Sender.of(request),
            upload=sent.image,
            content_digest=sent.content_digest,
            idempotency_key=sent.idempotency_key,
            top_k=sent.top_k,
            is_strict=sent.is_strict,
        )
        body = PredictionSerializer(context={"request": request}).to_representation(stored.prediction)
        headers = {"Location": body["image"]["url"].removesuffix("image/")}
        if stored.replayed:
            headers["Idempotency-Replayed"] = "true"
        return Response(body, status=201, headers=headers)

    def perform_destroy(self, instance: Prediction) -> None:
        deletion.delete_prediction(instance)

    @extend_schema(request=DeletionSerializer, responses=DeletedSerializer)
    @action(
        detail=False,
        methods=["post"],
        url_path="delete",
        parser_classes=[BoundedJSONParser],
        serializer_class=DeletionSerializer,
        filterset_class=None,
        pagination_class=None,
    )
    def delete_many(self, request: Request) -> Response:
        """Deletes these predictions with their photos, at most 500; what is not there or not yours is left out."""
        serializer = DeletionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        deleted = deletion.delete_own(self.request.user.pk or 0, serializer.validated_data["ids"])
        return Response({"deleted": deleted})

    @fails_with(PhotoLostError, ImageError, RetryableError)
    @extend_schema(request=None, responses=PredictionSerializer)
    @action(detail=True, methods=["post"], serializer_class=serializers.Serializer)
    def classify(self, request: Request, **_: Any) -> Response:
        """Has the active model classify the photo again. The prediction before is kept, in the export and the pages.

        A prediction of the active model stays as it is.
        """
        reclassification.reclassify_for(Sender.of(request), self.get_object())
        return Response(PredictionSerializer(self.get_object(), context={"request": request}).data)

    @fails_with(StorageUnavailableError)
    @extend_schema(parameters=[RANGE, *PICTURE], responses=picture("image/*"))
    @action(detail=True, filterset_class=None, pagination_class=None, content_negotiation_class=AnyAccept)
    def image(self, request: Request, **_: Any) -> HttpResponseBase:
        """The photo as it was sent; for staff a copy of at most 1600 pixels without metadata."""
        prediction = self.get_object()
        if prediction.owner_id != request.user.pk:
            return private_copy(request, prediction)
        return private_file(request, prediction.image, prediction.content_type, etag=prediction.sha256)

    @fails_with(StorageUnavailableError)
    @extend_schema(parameters=[RANGE, *PICTURE], responses=picture("image/jpeg"))
    @action(detail=True, filterset_class=None, pagination_class=None, content_negotiation_class=AnyAccept)
    def thumbnail(self, request: Request, **_: Any) -> HttpResponseBase:
        """The photo, 320 to 639 pixels on its longer side, or as large as it is."""
        prediction = self.get_object()
        return private_file(request, prediction.thumbnail, "image/jpeg", etag=f"{prediction.sha256}-320")

    @fails_with(NotExplainableError, UnknownLabelError, UnknownParameterError, RetryableError)
    @extend_schema(
        parameters=[AskedLabelSerializer],
        responses={
            (200, "image/png"): OpenApiResponse(OpenApiTypes.BINARY),
            (200, "application/json"): ClassMapSerializer,
        },
    )
    @action(detail=True, filterset_class=None, pagination_class=None, content_negotiation_class=AnyAccept)
    def why(self, request: Request, **_: Any) -> HttpResponseBase:
        """Which parts of the photo speak for a label: a picture to lay over the photo, or the figures as JSON.

        The PNG has the shape of the photo, hot where much speaks for the label, clear where nothing does, and darkened
        where the network does not look. It counts as an upload against your limit.
        """
        check_known(request, ("wnid", "label"))
        prediction = self.get_object()
        wnid, label = (request.query_params.get(name, "") for name in ("wnid", "label"))
        try:
            found = explanation.explain(prediction, sender=Sender.of(request), wnid=wnid, label=label)
        except FileNotFoundError as error:
            raise Http404 from error
        if prefers_json(request):
            return Response(ClassMapSerializer(found.class_map).data)
        return private_bytes(found.overlay(), "image/png")


class PredictView(UploadView):
    """The stateless answer: the five best labels, nothing stored."""

    serializer_class = UploadSerializer  # for the browsable API's form

    @fails_with(ImageError, StorageFullError, RetryableError)
    @extend_schema(
        request={"multipart/form-data": UploadSerializer},
        responses=SimplePredictionSerializer,
        tags=["predict"],
    )
    def post(self, request: Request) -> Response:
        serializer = UploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        classification = services.classify_once(serializer.validated_data["image"], sender=Sender.of(request))
        best = [{"label": scored.label, "probability": scored.probability} for scored in classification.top]
        return Response({"success": True, "predictions": best})
