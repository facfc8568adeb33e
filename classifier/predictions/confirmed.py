"""What people have said that photos show: the one place where feedback is read for comparisons and calibration."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from classifier.inference.types import Label
from classifier.models import Feedback, ModelVersion


def confirmed_labels(keys: Iterable[UUID]) -> dict[UUID, Label]:
    """By prediction, the label that its photo really has, of those about which somebody has said so."""
    return _labels(Feedback.objects.filter(prediction__in=list(keys)))


def newest_confirmed(version: ModelVersion, *, limit: int) -> dict[UUID, Label]:
    """The same of the `limit` predictions of a model version that were confirmed or corrected last."""
    return _labels(Feedback.objects.filter(prediction__model_version=version).order_by("-at")[:limit])


def _labels(said: QuerySet[Feedback]) -> dict[UUID, Label]:
    """None of the labels is no label."""
    kept = said.values_list("prediction_id", "wnid", "label")
    return {key: Label(wnid, label) for key, wnid, label in kept if label}
