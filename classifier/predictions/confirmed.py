"""What people have said that photos show: the one place where feedback is read for comparisons and calibration."""

from collections.abc import Iterable
from uuid import UUID

from classifier.inference.types import Label
from classifier.models import ModelVersion


def confirmed_labels(keys: Iterable[UUID]) -> dict[UUID, Label]:
    """By prediction, the label that its photo really has, of those about which somebody has said so.

    Nothing is known yet: no feedback is kept.
    """
    return {}


def newest_confirmed(version: ModelVersion, *, limit: int) -> dict[UUID, Label]:
    """The same of the newest `limit` predictions of a model version that somebody has confirmed or corrected."""
    return {}
