"""The JSON of model versions and labels."""

from typing import Any

from rest_framework import serializers

from classifier.models import ModelVersion


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
