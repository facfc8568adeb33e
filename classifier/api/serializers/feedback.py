"""The JSON of what people say of predictions."""

from typing import Any

from rest_framework import serializers

from classifier.feedback.corrections import Correction
from classifier.models import Feedback

MOMENT = serializers.DateTimeField()


class CorrectionSerializer(serializers.Serializer[Any]):
    """What somebody says of a prediction."""

    verdict = serializers.ChoiceField(Feedback.Verdict.choices)
    label = serializers.CharField(  # type: ignore[assignment]
        required=False,
        allow_blank=True,
        max_length=200,
        help_text="With `wrong`: what the photo shows, one of the model's labels or a new one; without: none of them.",
    )
    wnid = serializers.CharField(
        required=False, allow_blank=True, max_length=20, help_text="With `wrong`: a class of the model."
    )

    def validate_label(self, label: str) -> str:
        if not label.isprintable():
            raise serializers.ValidationError("Printable characters only.")
        return label

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = next((name for name in ("label", "wnid") if attrs.get(name)), "")
        if named and attrs["verdict"] == Feedback.Verdict.RIGHT:
            raise serializers.ValidationError({named: "Only a wrong answer has another label."}, "invalid")
        return attrs

    def correction(self) -> Correction:
        """What was sent, once it is valid."""
        sent = self.validated_data
        return Correction(Feedback.Verdict(sent["verdict"]), sent.get("label", ""), sent.get("wnid", ""))


class FeedbackSerializer(serializers.ModelSerializer[Feedback]):
    class Meta:
        model = Feedback
        fields = ["verdict", "label", "wnid", "at"]
        read_only_fields = fields


def feedback_json(feedback: Feedback | None) -> dict[str, Any] | None:
    """What `FeedbackSerializer` says, written out: a page of the history has many."""
    if feedback is None:
        return None
    at = MOMENT.to_representation(feedback.at)
    return {"verdict": feedback.verdict, "label": feedback.label, "wnid": feedback.wnid, "at": at}
