"""What people said of a model's answers: how often they were right, and what was taken for what."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from classifier.models import Feedback, ModelVersion

LATEST = 1000
"""Verdicts that are looked at: all of a server that is used for years would make a page wait."""
MISTAKES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Of `said` answers that people judged, `right` were right; `mistakes` are one person's: (is, taken for), times."""

    said: int = 0
    right: int = 0
    mistakes: list[tuple[tuple[str, str], int]] = field(default_factory=list)


def verdicts_on(version: ModelVersion, *, mistakes_of: Any) -> Verdicts:
    """Of the latest verdicts of all people those on this version; mistakes of that person's photos alone.

    What others' photos show is nobody's business.
    """
    latest = Feedback.objects.order_by("-at").values_list(
        "verdict", "label", "prediction__label", "prediction__model_version_id", "prediction__owner_id"
    )[:LATEST]
    of_version = [
        (verdict, truth, answer, owner) for verdict, truth, answer, model, owner in latest if model == version.pk
    ]
    mistakes = Counter(
        (truth, answer)
        for verdict, truth, answer, owner in of_version
        if verdict == Feedback.Verdict.WRONG and truth and owner == mistakes_of.pk
    )
    right = sum(verdict == Feedback.Verdict.RIGHT for verdict, *_ in of_version)
    return Verdicts(len(of_version), right, mistakes.most_common(MISTAKES_SHOWN))
