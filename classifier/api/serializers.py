"""The JSON of version 1, in and out."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, transaction
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from classifier.api.schema import PREDICTION
from classifier.models import ModelVersion, Prediction


class UserSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ["id", "username", "email", "date_joined"]
        read_only_fields = fields


class RegistrationSerializer(serializers.ModelSerializer[User]):
    password = serializers.CharField(
        write_only=True, style={"input_type": "password"}, trim_whitespace=False, max_length=4096
    )

    class Meta:
        model = User
        fields = ["username", "password", "email"]
        extra_kwargs = {"email": {"required": False}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user = User(username=attrs["username"], email=attrs.get("email", ""))
        try:
            validate_password(attrs["password"], user)
        except DjangoValidationError as error:
            raise serializers.ValidationError({"password": error.messages}) from error
        return attrs

    def create(self, validated_data: dict[str, Any]) -> User:
        try:
            with transaction.atomic():
                return User.objects.create_user(**validated_data)
        except IntegrityError as error:  # the name was free when it was validated
            raise serializers.ValidationError(
                {"username": "A user with that username already exists."}, code="unique"
            ) from error


class LoginSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(
        style={"input_type": "password"}, trim_whitespace=False, write_only=True, max_length=4096
    )
    device_name = serializers.CharField(required=False, allow_blank=True, max_length=100)


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)
    user = UserSerializer(read_only=True)


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

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, prediction: Prediction) -> str:
        return reverse("prediction-image", [prediction.pk], request=self.context.get("request"))

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_thumbnail_url(self, prediction: Prediction) -> str:
        return reverse("prediction-thumbnail", [prediction.pk], request=self.context.get("request"))


class TimingsSerializer(serializers.Serializer[Prediction]):
    decode = serializers.FloatField(source="decode_ms")
    preprocess = serializers.FloatField(source="preprocess_ms")
    inference = serializers.FloatField(source="inference_ms")
    store = serializers.FloatField(source="store_ms")

    def to_representation(self, instance: Prediction) -> dict[str, float]:
        return {name: round(value, 1) for name, value in super().to_representation(instance).items()}


@extend_schema_serializer(examples=[OpenApiExample("A golden retriever", PREDICTION, response_only=True)])
class PredictionSerializer(serializers.ModelSerializer[Prediction]):
    top = ScoredLabelSerializer(many=True)
    model = ModelRefSerializer(source="model_version")
    image = PhotoSerializer(source="*")
    timings_ms = TimingsSerializer(source="*")

    class Meta:
        model = Prediction
        fields = ["id", "created_at", "label", "probability", "top", "model", "image", "timings_ms"]
        read_only_fields = fields


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
