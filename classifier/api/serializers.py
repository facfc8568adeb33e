"""The JSON of version 1, in and out."""

import threading
import uuid
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from classifier.models import ModelVersion, Prediction

_of_thread = threading.local()
_ANY_KEY = str(uuid.UUID(int=0))


class UploadSerializer(serializers.Serializer[Any]):
    # No ImageField: it would open the photo a second time, and miss truncated ones.
    image = serializers.FileField(
        help_text="The photo: JPEG, PNG, WebP, HEIC or AVIF.", max_length=None, write_only=True
    )


class TopKSerializer(serializers.Serializer[Any]):
    top_k = serializers.IntegerField(
        required=False, min_value=1, max_value=1000, help_text="How many labels to answer."
    )


class ScoredLabelSerializer(serializers.Serializer[Any]):
    wnid = serializers.CharField(help_text="WordNet id; empty for people's own classes.")
    label = serializers.CharField()  # type: ignore[assignment]
    probability = serializers.FloatField(help_text="0 to 1.")

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        """A row keeps its labels as they are shown."""
        return instance


@lru_cache(maxsize=16)
def _path_template(route: str, _script_prefix: str) -> str:
    """The path of a prediction's picture, with `_ANY_KEY` in the place of the prediction's: reversing it takes a while,
    and a page of the history has many."""
    return reverse(route, args=[_ANY_KEY])


class ModelRefSerializer(serializers.ModelSerializer[ModelVersion]):
    class Meta:
        model = ModelVersion
        fields = ["name", "version"]


class PhotoSerializer(serializers.Serializer[Prediction]):
    url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    bytes = serializers.IntegerField(source="byte_size")
    content_type = serializers.CharField()
    sha256 = serializers.CharField()
    lost = serializers.BooleanField(
        source="photo_lost", required=False, help_text="Only there, and true, when the server found the file missing."
    )

    def to_representation(self, instance: Prediction) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if not instance.photo_lost:
            del shown["lost"]
        return shown

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, prediction: Prediction) -> str:
        return self._address("prediction-image", prediction)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_thumbnail_url(self, prediction: Prediction) -> str:
        return self._address("prediction-thumbnail", prediction)

    def _address(self, route: str, prediction: Prediction) -> str:
        path = _path_template(route, get_script_prefix()).replace(_ANY_KEY, str(prediction.pk))
        request = self.context.get("request")
        return request.build_absolute_uri(path) if request is not None else path


class TimingsSerializer(serializers.Serializer[Prediction]):
    decode = serializers.FloatField(source="decode_ms")
    preprocess = serializers.FloatField(source="preprocess_ms")
    inference = serializers.FloatField(source="inference_ms")
    store = serializers.FloatField(source="store_ms")

    def to_representation(self, instance: Prediction) -> dict[str, float]:
        return {name: round(value, 1) for name, value in super().to_representation(instance).items()}


class PredictionSerializer(serializers.ModelSerializer[Prediction]):
    top = ScoredLabelSerializer(many=True)
    model = ModelRefSerializer(source="model_version")
    image = PhotoSerializer(source="*")
    timings_ms = TimingsSerializer(source="*")

    class Meta:
        model = Prediction
        fields = ["id", "created_at", "label", "probability", "top", "model", "image", "timings_ms"]
        read_only_fields = fields


def shown(prediction: Prediction, *, request: Any) -> dict[str, Any]:
    """A prediction as `PredictionSerializer` shows it, by fields that are built once in a thread, not once a photo."""
    if not hasattr(_of_thread, "serializer"):
        _of_thread.serializer = PredictionSerializer()
    serializer: PredictionSerializer = _of_thread.serializer
    serializer._context = {"request": request}
    try:
        return serializer.to_representation(prediction)
    finally:
        serializer._context = {}


class SimpleLabelSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    probability = serializers.FloatField()


class SimplePredictionSerializer(serializers.Serializer[Any]):
    success = serializers.BooleanField()
    predictions = SimpleLabelSerializer(many=True)


class ModelVersionSerializer(serializers.ModelSerializer[ModelVersion]):
    architecture = serializers.CharField(source="manifest.architecture")
    classes = serializers.IntegerField(source="manifest.classes")
    preprocessing = serializers.JSONField(source="manifest.preprocessing")
    output = serializers.CharField(source="manifest.output")
    accuracy = serializers.JSONField(source="manifest.accuracy")
    parity = serializers.JSONField(source="manifest.parity")
    serves = serializers.SerializerMethodField(help_text="Whether this version answers now.")

    class Meta:
        model = ModelVersion
        fields = [
            "name",
            "version",
            "is_active",
            "serves",
            "architecture",
            "classes",
            "preprocessing",
            "output",
            "accuracy",
            "parity",
            "load_error",
            "created_at",
        ]
        read_only_fields = fields

    def get_serves(self, version: ModelVersion) -> bool:
        return bool((version.name, version.version) == self.context["serving"])


class ModelListSerializer(serializers.Serializer[Any]):
    results = ModelVersionSerializer(many=True)


class LabelSerializer(serializers.Serializer[Any]):
    wnid = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class LabelListSerializer(serializers.Serializer[Any]):
    model = serializers.DictField(child=serializers.CharField())
    count = serializers.IntegerField()
    results = LabelSerializer(many=True)
