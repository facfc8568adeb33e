"""The JSON of what speaks for a label, and what is asked for it."""

from typing import Any

from rest_framework import serializers

from classifier.inference.types import ClassMap


class AskedLabelSerializer(serializers.Serializer[Any]):
    wnid = serializers.CharField(required=False, allow_blank=True, help_text="The label's WordNet id.")
    label = serializers.CharField(  # type: ignore[assignment]
        required=False,
        allow_blank=True,
        help_text="Its name, where it has no WordNet id. Without both: the best label.",
    )


class ClassMapSerializer(serializers.Serializer[ClassMap]):
    label = serializers.CharField(source="label.name")  # type: ignore[assignment]
    wnid = serializers.CharField(source="label.wnid", help_text="Empty for people's own classes.")
    logit = serializers.FloatField(help_text="What the network gives the label before its softmax or sigmoid.")
    bias = serializers.FloatField(help_text="What it gives the label whatever the photo is.")
    grid = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()),
        help_text="What each part of the photo that the network sees adds, row by row from the upper left: "
        "the mean of all and the bias are the logit.",
    )

    def to_representation(self, instance: ClassMap) -> dict[str, Any]:
        return {
            "label": instance.label.name,
            "wnid": instance.label.wnid,
            "logit": instance.logit,
            "bias": instance.bias,
            "grid": instance.grid.tolist(),
        }
