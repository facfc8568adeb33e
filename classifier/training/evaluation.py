"""What a classifier gets right and wrong on photos that it was not trained on."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.inference.packaging.folders import REPORT
from classifier.inference.scores.intervals import wilson_interval

CONFUSIONS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many photos of the class `truth` were classified as `answer`; `report.json` has these names."""

    truth: str
    answer: str
    photos: int


@dataclass(frozen=True, slots=True)
class Report:
    """Accuracy on photos that were not trained on: parts of 1, with the interval that holds the true one with 95 %."""

    photos: int
    top_1: float
    top_1_low: float
    top_1_high: float
    top_5: float
    per_class: dict[str, float]
    confusions: tuple[Confusion, ...]


def evaluate(scores: NDArray[np.float32], targets: NDArray[np.int64], names: Sequence[str]) -> Report:
    """Measures scores `(N, C)` against the true classes `(N,)`."""
    matrix = np.zeros((len(names), len(names)), np.int64)
    np.add.at(matrix, (targets, scores.argmax(axis=1)), 1)
    totals = matrix.sum(axis=1)
    top_1 = top_k(scores, targets, 1)
    low, high = wilson_interval(top_1, len(targets))
    return Report(
        photos=len(targets),
        top_1=top_1,
        top_1_low=low,
        top_1_high=high,
        top_5=top_k(scores, targets, 5),
        per_class={name: float(matrix[i, i] / totals[i]) for i, name in enumerate(names) if totals[i]},
        confusions=_most_confused(matrix, names),
    )


def top_k(scores: NDArray[np.float32], targets: NDArray[np.int64], k: int) -> float:
    """The part of rows whose target is among the `k` best scores."""
    best = np.argsort(-scores, axis=1)[:, :k]
    return float((best == targets[:, None]).any(axis=1).mean())


def write_report(report: Report, folder: Path) -> None:
    """Writes `report.json` into a model folder, for the model's page."""
    (folder / REPORT).write_text(json.dumps(asdict(report), indent=1) + "\n", encoding="utf-8")


def _most_confused(matrix: NDArray[np.int64], names: Sequence[str]) -> tuple[Confusion, ...]:
    wrong = matrix.copy()
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong, axis=None, kind="stable")[:CONFUSIONS_KEPT]
    pairs = [divmod(int(i), len(names)) for i in order]
    return tuple(Confusion(names[t], names[p], int(wrong[t, p])) for t, p in pairs if wrong[t, p])
