"""The JSON of photos and predictions, in and out."""

import uuid
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, get_args

from django.core.files.uploadedfile import UploadedFile
from django.urls import get_script_prefix, reverse
from django.utils.datastructures import MultiValueDict
from rest_framework import serializers
from rest_framework.request import Request

from classifier.api.serializers.feedback import FeedbackSerializer, feedback_json
from classifier.errors import EmptyImageError
from classifier.inference.types import QualityCode
from classifier.models import ANSWER_KINDS, IdempotencyKey, ModelVersion, Prediction

LONGEST_KEY = IdempotencyKey._meta.get_field("key").max_length or 0
MOST_AT_ONCE = 500
"""Predictions that one request may delete."""
_ANY_KEY = str(uuid.UUID(int=0))
_MOMENT = serializers.DateTimeField()


class UploadSerializer(serializers.Serializer[Any]):
    # No ImageField: it would open the photo a second time, and miss truncated ones.
    image = serializers.FileField(
        help_text="The photo: JPEG, PNG, WebP, HEIC or AVIF.",
        max_length=None,
        write_only=True,
        error_messages={"empty": EmptyImageError.detail},
    )

    def to_internal_value(self, data: Any) -> Any:
        """Two photos are refused: whichever were taken, the other would be lost without a word."""
        if hasattr(data, "getlist") and len(data.getlist("image")) > 1:
            raise serializers.ValidationError({"image": "Send each photo in a request of its own."}, "invalid")
        return super().to_internal_value(data)


class TopKSerializer(serializers.Serializer[Any]):
    top_k = serializers.IntegerField(
        required=False, min_value=1, max_value=1000, help_text="How many labels to answer."
    )


class UploadParametersSerializer(TopKSerializer):
    strict = serializers.BooleanField(
        required=False, help_text="Whether to refuse a photo that should be taken again, with 422 `retake`."
    )


class IdempotencyKeyField(serializers.Field[str, str, str, Any]):
    def to_internal_value(self, data: str) -> str:
        if len(data) > LONGEST_KEY:
            raise serializers.ValidationError(f"At most {LONGEST_KEY} characters.")
        if not data.isprintable():
            raise serializers.ValidationError("Printable characters only.")
        return data


class SentPhotoSerializer(UploadSerializer, UploadParametersSerializer):
    """A photo with all that may come along: in the form, the query and the headers, by their own names."""

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "Idempotency-Key": IdempotencyKeyField(required=False)}


@dataclass(frozen=True, slots=True)
class SentPhoto:
    """What a client sends to have a photo stored."""

    image: "UploadedFile[bytes]"
    top_k: int | None
    is_strict: bool
    idempotency_key: str
    content_digest: str

    @classmethod
    def of(cls, request: Request) -> "SentPhoto":
        """Raises DRF's ValidationError."""
        meta = request.META  # which `request.headers` would copy
        sources: dict[str, Any] = {
            "image": request.data,
            "top_k": request.query_params,
            "strict": request.query_params,
            "Idempotency-Key": {"Idempotency-Key": meta.get("HTTP_IDEMPOTENCY_KEY")},
        }
        sent = MultiValueDict(
            {name: _values(source, name) for name, source in sources.items() if source.get(name) not in (None, "")}
        )
        checked = _sent_photo().to_internal_value(sent)
        return cls(
            image=checked["image"],
            top_k=checked.get("top_k"),
            is_strict=checked.get("strict", False),
            idempotency_key=checked.get("Idempotency-Key", ""),
            content_digest=meta.get("HTTP_CONTENT_DIGEST", ""),
        )


@cache
def _sent_photo() -> SentPhotoSerializer:
    """One for all requests, without data of its own: to copy its fields for each takes five times as long."""
    return SentPhotoSerializer()


def _values(source: Any, name: str) -> list[Any]:
    """All that was sent under a name."""
    return list(source.getlist(name)) if hasattr(source, "getlist") else [source[name]]


class ScoredLabelSerializer(serializers.Serializer[Any]):
    wnid = serializers.CharField(help_text="WordNet id; empty for people's own classes.")
    label = serializers.CharField()  # type: ignore[assignment]
    probability = serializers.FloatField(help_text="0 to 1.")


class ModelRefSerializer(serializers.ModelSerializer[ModelVersion]):
    class Meta:
        model = ModelVersion
        fields = ["name", "version"]


class PhotoSerializer(serializers.Serializer[Any]):
    url = serializers.URLField(read_only=True)
    thumbnail_url = serializers.URLField(read_only=True)
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    bytes = serializers.IntegerField()
    content_type = serializers.CharField()
    sha256 = serializers.CharField()
    filename = serializers.CharField(
        allow_blank=True, help_text="What the client called it, to be shown: no folders; empty where nobody noted it."
    )
    lost = serializers.BooleanField(
        required=False, help_text="Only there, and true, when the server found the file missing."
    )


class TimingsSerializer(serializers.Serializer[Any]):
    decode = serializers.FloatField()
    preprocess = serializers.FloatField()
    inference = serializers.FloatField()
    store = serializers.FloatField()


class AnswerSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(
        list(ANSWER_KINDS), help_text="A class of the model, a broader word above several classes, or neither."
    )
    label = serializers.CharField(allow_blank=True, help_text="Empty when unsure.")  # type: ignore[assignment]
    wnid = serializers.CharField(allow_blank=True, help_text="WordNet id; empty when unsure, and for own classes.")
    probability = serializers.FloatField(help_text="Of the label; of the best class when unsure.")


class QualitySerializer(serializers.Serializer[Any]):
    retake = serializers.BooleanField(help_text="Whether another photo would get a better answer.")
    codes = serializers.ListField(child=serializers.ChoiceField(get_args(QualityCode)), help_text="Why.")


class PredictionSerializer(serializers.ModelSerializer[Prediction]):
    top = ScoredLabelSerializer(many=True)
    model = ModelRefSerializer()
    image = PhotoSerializer()
    answer = AnswerSerializer(
        allow_null=True, help_text="What the server stands by; null for what was classified before there was that."
    )
    quality = QualitySerializer(allow_null=True, help_text="Null for photos from before anybody looked.")
    feedback = FeedbackSerializer(allow_null=True)
    timings_ms = TimingsSerializer()

    class Meta:
        model = Prediction
        fields = [
            "id",
            "created_at",
            "label",
            "probability",
            "top",
            "model",
            "image",
            "answer",
            "quality",
            "feedback",
            "timings_ms",
        ]
        read_only_fields = fields

    def to_representation(self, instance: Prediction) -> dict[str, Any]:
        """What the fields above say, written out: asking each for its value takes ten times as long."""
        return {
            "id": str(instance.pk),
            "created_at": _MOMENT.to_representation(instance.created_at),
            "label": instance.label,
            "probability": instance.probability,
            "top": instance.top,
            "model": {"name": instance.model_version.name, "version": instance.model_version.version},
            "image": self._photo(instance),
            "answer": _answer(instance),
            "quality": _quality(instance),
            "feedback": feedback_json(instance.said),
            "timings_ms": {
                "decode": round(instance.decode_ms, 1),
                "preprocess": round(instance.preprocess_ms, 1),
                "inference": round(instance.inference_ms, 1),
                "store": round(instance.store_ms, 1),
            },
        }

    def _photo(self, prediction: Prediction) -> dict[str, Any]:
        request = self.context.get("request")
        origin = f"{request.scheme}://{request.get_host()}" if request is not None else ""
        shown = {
            "url": origin + _path("prediction-image", prediction),
            "thumbnail_url": origin + _path("prediction-thumbnail", prediction),
            "width": prediction.width,
            "height": prediction.height,
            "bytes": prediction.byte_size,
            "content_type": prediction.content_type,
            "sha256": prediction.sha256,
            "filename": prediction.filename or "",
        }
        return {**shown, "lost": True} if prediction.photo_lost else shown


def _answer(prediction: Prediction) -> dict[str, Any] | None:
    answer = prediction.answer
    if answer is None:
        return None
    return {"kind": answer.kind, "label": answer.label, "wnid": answer.wnid, "probability": answer.probability}


def _quality(prediction: Prediction) -> dict[str, Any] | None:
    quality = prediction.quality
    return {"retake": quality.retake, "codes": list(quality.codes)} if quality else None


def _path(route: str, prediction: Prediction) -> str:
    return _path_template(route, get_script_prefix()).replace(_ANY_KEY, str(prediction.pk))


@lru_cache(maxsize=16)
def _path_template(route: str, _script_prefix: str) -> str:
    """The path of a prediction's picture, with `_ANY_KEY` in the place of the prediction's: reversing it takes a while,
    and a page of the history has many."""
    return reverse(route, args=[_ANY_KEY])


class DeletionSerializer(serializers.Serializer[Any]):
    ids = serializers.ListField(
        child=serializers.UUIDField(),
        allow_empty=False,
        max_length=MOST_AT_ONCE,
        write_only=True,
        help_text="Of the predictions to delete.",
    )


class DeletedSerializer(serializers.Serializer[Any]):
    deleted = serializers.IntegerField(help_text="How many there were.")


class SimpleLabelSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    probability = serializers.FloatField()


class SimplePredictionSerializer(serializers.Serializer[Any]):
    success = serializers.BooleanField()
    predictions = SimpleLabelSerializer(many=True)
