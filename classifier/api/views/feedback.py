"""What the owner of a prediction says of it."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier.api.failures import fails_with
from classifier.api.serializers.feedback import CorrectionSerializer, FeedbackSerializer, feedback_json
from classifier.errors import FeedbackError, ModelNotReadyError
from classifier.feedback import corrections
from classifier.models import Prediction


@extend_schema(tags=["predictions"])
class FeedbackView(APIView):
    """Whether the answer is right, or what the photo shows instead."""

    serializer_class = CorrectionSerializer

    @fails_with(FeedbackError, ModelNotReadyError)
    @extend_schema(request=CorrectionSerializer, responses=FeedbackSerializer)
    def put(self, request: Request, id: UUID) -> Response:
        """Says that the answer is right or wrong, in the place of what was said before."""
        serializer = CorrectionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = corrections.give(self._own(request, id), serializer.correction(), by=request.user)
        if given is None:
            raise NotFound
        return Response(feedback_json(given))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Takes it back; when nothing was said, too."""
        corrections.withdraw(self._own(request, id))
        return Response(status=204)

    def _own(self, request: Request, id: UUID) -> Any:
        return get_object_or_404(Prediction, pk=id, owner_id=request.user.pk)
