"""The JSON of model versions and labels."""

from typing import Any

from rest_framework import serializers

from classifier.models import ModelVersion


class PublishedAccuracySerializer(serializers.Serializer[Any]):
    top_1 = serializers.FloatField(help_text="Share of photos whose best label is right, 0 to 1.")
    top_5 = serializers.FloatField(
        allow_null=True, help_text="Share of photos whose right label is among the five best, 0 to 1."
    )
    data = serializers.CharField(help_text="The photos it was measured on.")  # type: ignore[assignment]
    source = serializers.URLField(help_text="Where it was published.")  # type: ignore[assignment]


class ModelVersionSerializer(serializers.ModelSerializer[ModelVersion]):
    architecture = serializers.CharField(source="manifest.architecture")
    classes = serializers.IntegerField(source="manifest.classes")
    preprocessing = serializers.JSONField(source="manifest.preprocessing")
    output = serializers.CharField(source="manifest.output")
    accuracy = serializers.JSONField(source="manifest.accuracy", help_text="On held-out photos, if trained here.")
    published = PublishedAccuracySerializer(
        source="manifest.published",
        allow_null=True,
        read_only=True,
        help_text="The accuracy that the publisher of the weights states.",
    )
    license = serializers.CharField(
        source="manifest.license",
        default="",
        read_only=True,
        help_text="Licence of the weights, as an SPDX identifier; empty if unknown.",
    )
    parity = serializers.JSONField(source="manifest.parity")
    serves = serializers.SerializerMethodField(help_text="Whether this server uses this version now.")

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
            "published",
            "license",
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


class OnDeviceFileSerializer(serializers.Serializer[Any]):
    url = serializers.URLField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    precision = serializers.CharField()


class OnDevicePreprocessingSerializer(serializers.Serializer[Any]):
    width_px = serializers.IntegerField()
    height_px = serializers.IntegerField()
    resize = serializers.CharField(help_text="`crop`, `fit` or `stretch`.")
    scaling = serializers.CharField(help_text="`caffe`, `tf`, `tf_lite`, `torch`, `unit` or `none`.")


class OnDeviceParitySerializer(serializers.Serializer[Any]):
    photos = serializers.IntegerField(help_text="How many generated pictures it was compared on.")
    top_1_agreement = serializers.FloatField(help_text="Share of them with the same best label, 0 to 1.")
    max_difference = serializers.FloatField(help_text="Between probabilities.")


class OnDeviceModelSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    version = serializers.CharField()
    model = OnDeviceFileSerializer()
    labels_url = serializers.URLField(help_text="Its labels, in the order of its outputs.")
    preprocessing = OnDevicePreprocessingSerializer()
    parity = OnDeviceParitySerializer()
