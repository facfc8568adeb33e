"""A model version's calibration: what it said against what people confirmed, and what a threshold would do."""

from dataclasses import dataclass

from classifier.conf import conf
from classifier.inference.labels.names import is_same_label
from classifier.inference.scores.calibration import (
    Calibration,
    Reliability,
    WhatIf,
    calibrated,
    fit_calibration,
    reliability,
    what_if,
)
from classifier.inference.scores.hierarchy import sure_probability_of
from classifier.inference.types import Label
from classifier.models import ModelVersion, Prediction
from classifier.predictions.confirmed import newest_confirmed

SAMPLE = 10_000
"""Of the newest predictions, for the what-if, and of the newest confirmed ones, for the rest."""
THRESHOLDS = tuple(step / 100 for step in range(30, 100, 10))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A photo whose label somebody has confirmed or corrected: what the model said, and whether it was right."""

    probability: float
    is_right: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class CalibrationFigures:
    """All that the page of a model version's calibration shows."""

    table: list[Reliability]
    calibration: Calibration
    chosen: WhatIf
    others: list[WhatIf]

    @property
    def right_in_ten(self) -> str:
        """What the temperature would make of 90 %, for people; empty where it changes nothing."""
        if not self.calibration.helps:
            return ""
        return f"{calibrated(0.9, self.calibration.temperature):.0%}"


def figures_of(version: ModelVersion, *, threshold: float) -> CalibrationFigures:
    """From the newest predictions of a version, and those of them that somebody has confirmed or corrected."""
    said = list(Prediction.objects.filter(model_version=version).values_list("probability", flat=True)[:SAMPLE])
    confirmed = confirmed_photos(version)
    probabilities, are_right = [one.probability for one in confirmed], [one.is_right for one in confirmed]
    pairs = list(zip(probabilities, are_right, strict=True))
    return CalibrationFigures(
        table=reliability(probabilities, are_right),
        calibration=fit_calibration(probabilities, are_right, [one.sha256 for one in confirmed]),
        chosen=what_if(threshold, said, pairs),
        others=[what_if(other, said, pairs) for other in THRESHOLDS],
    )


def threshold_of(version: ModelVersion) -> float:
    """From which probability on a version's answers are stood by now."""
    return sure_probability_of(asked=conf.sure_probability, measured=version.manifest.get("sure_probability"))


def confirmed_photos(version: ModelVersion) -> list[Confirmed]:
    """Those of the version's newest predictions of which somebody has said what they show."""
    truths = newest_confirmed(version, limit=SAMPLE)
    rows = Prediction.objects.filter(pk__in=truths, model_version=version).order_by("created_at", "id")
    kept = rows.values_list("pk", "wnid", "label", "probability", "sha256")
    return [
        Confirmed(probability, is_same_label(Label(wnid, label), truths[key]), sha256)
        for key, wnid, label, probability, sha256 in kept
    ]
