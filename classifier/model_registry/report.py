"""A model's report: how well it did after its training, on photos that it had not seen."""

import json
from dataclasses import dataclass
from pathlib import Path

from classifier.inference.packaging.folders import REPORT
from classifier.training.evaluation import Confusion

CLASSES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Report:
    """`top_1` and `top_5` are parts of 1 of so many photos; classes come with the part of theirs that was right."""

    photos: int
    top_1: float
    top_5: float
    best: list[tuple[str, float]]
    weakest: list[tuple[str, float]]
    confusions: list[Confusion]


def report_of(folder: Path) -> Report | None:
    """The report in a model folder; None without one, or with one that cannot be read."""
    try:
        kept = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        ranked = sorted(kept["per_class"].items(), key=lambda item: -item[1])
        return Report(
            photos=int(kept["photos"]),
            top_1=float(kept["top_1"]),
            top_5=float(kept["top_5"]),
            best=ranked[:CLASSES_SHOWN],
            weakest=ranked[::-1][:CLASSES_SHOWN],
            confusions=[
                Confusion(one["truth"], one["answer"], int(one["photos"])) for one in kept["confusions"][:CLASSES_SHOWN]
            ],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
