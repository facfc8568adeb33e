"""What people have said that photos show: the one place where feedback is read for comparisons and calibration."""

from collections.abc import Iterable
from uuid import UUID

from classifier.inference.types import Label


def confirmed_labels(keys: Iterable[UUID]) -> dict[UUID, Label]:
    """By prediction, the label that its photo really has, of those about which somebody has said so.

    Nothing is known yet: no feedback is kept.
    """
    return {}


def newest_confirmed(limit: int) -> list[tuple[UUID, Label]]:
    """The newest `limit` predictions that somebody has confirmed or corrected, newest first, with the right label."""
    return []
