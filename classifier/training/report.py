"""What a trained classifier gets right and wrong, as JSON and as a chart."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from classifier.training.loop import top_k

CONFUSIONS_KEPT = 20
_INK, _GRID, _BAR, _BACKGROUND = "#1f2937", "#9ca3af", "#2563eb", "#ffffff"


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many photos of the class `truth` were classified as `answer`; `report.json` has these names."""

    truth: str
    answer: str
    photos: int


@dataclass(frozen=True, slots=True)
class Report:
    """Accuracy on photos that were not trained on; fractions in 0..1."""

    photos: int
    top_1: float
    top_5: float
    per_class: dict[str, float]
    confusions: tuple[Confusion, ...]
    history: tuple[dict[str, float], ...]


def evaluate(
    scores: NDArray[np.float32],
    targets: NDArray[np.int64],
    names: Sequence[str],
    history: Sequence[dict[str, float]],
) -> Report:
    """Measures scores `(N, C)` against the true classes `(N,)`."""
    predicted = scores.argmax(axis=1)
    matrix = np.zeros((len(names), len(names)), np.int64)
    np.add.at(matrix, (targets, predicted), 1)
    totals = np.maximum(matrix.sum(axis=1), 1)
    return Report(
        photos=len(targets),
        top_1=top_k(scores, targets, 1),
        top_5=top_k(scores, targets, 5),
        per_class={name: float(matrix[i, i] / totals[i]) for i, name in enumerate(names)},
        confusions=_most_confused(matrix, names),
        history=tuple(history),
    )


def write_report(report: Report, folder: Path) -> None:
    """Writes `report.json` and `report.png` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(asdict(report), indent=1) + "\n")
    draw_report(report).save(folder / "report.png", optimize=True)


def draw_report(report: Report) -> Image.Image:
    """The learning curve, the weakest classes as bars and the most frequent confusions."""
    chart = Image.new("RGB", (1000, 620), _BACKGROUND)
    draw = ImageDraw.Draw(chart)
    heading = f"Top-1 {report.top_1:.1%}, top-5 {report.top_5:.1%} on {report.photos} held-out photos"
    draw.text((30, 20), heading, _INK, font=_font(24))
    _draw_curve(draw, [epoch["top_1"] for epoch in report.history], box=(30, 90, 480, 300))
    _draw_spread(draw, list(report.per_class.values()), box=(530, 90, 970, 300))
    _draw_weakest(draw, report.per_class, at=(30, 340))
    _draw_confusions(draw, report.confusions, at=(530, 340))
    return chart


def _most_confused(matrix: NDArray[np.int64], names: Sequence[str]) -> tuple[Confusion, ...]:
    wrong = matrix.copy()
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong, axis=None, kind="stable")[:CONFUSIONS_KEPT]
    pairs = [(int(i) // len(names), int(i) % len(names)) for i in order]
    return tuple(Confusion(names[t], names[p], int(wrong[t, p])) for t, p in pairs if wrong[t, p])


def _draw_curve(draw: ImageDraw.ImageDraw, top_1: list[float], *, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw.text((left, top - 26), "Top-1 on held-out photos, by epoch", _INK, font=_font(16))
    _draw_frame(draw, box)
    step = (right - left) / max(1, len(top_1) - 1)
    points = [(left + i * step, bottom - value * (bottom - top)) for i, value in enumerate(top_1)]
    if len(points) > 1:
        draw.line(points, _BAR, width=3)


def _draw_spread(draw: ImageDraw.ImageDraw, accuracies: list[float], *, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw.text((left, top - 26), "Classes by accuracy (0 to 100 %)", _INK, font=_font(16))
    _draw_frame(draw, box)
    counts, _ = np.histogram(accuracies, bins=10, range=(0, 1))
    width = (right - left) / 10
    for i, count in enumerate(counts):
        height = count / max(1, counts.max()) * (bottom - top - 20)
        draw.rectangle((left + i * width + 3, bottom - height, left + (i + 1) * width - 3, bottom), _BAR)


def _draw_frame(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    for quarter in range(5):
        y = bottom - quarter * (bottom - top) / 4
        draw.line((left, y, right, y), _GRID, width=1)


def _draw_weakest(draw: ImageDraw.ImageDraw, per_class: dict[str, float], *, at: tuple[int, int]) -> None:
    left, top = at
    draw.text((left, top - 6), "Weakest classes", _INK, font=_font(16))
    for row, (name, accuracy) in enumerate(sorted(per_class.items(), key=lambda item: item[1])[:9]):
        y = top + 26 + row * 26
        draw.text((left, y), name.replace("_", " ")[:28], _INK, font=_font(14))
        draw.rectangle((left + 240, y + 3, left + 241 + accuracy * 140, y + 15), _BAR)
        draw.text((left + 390, y), f"{accuracy:.0%}", _INK, font=_font(14))


def _draw_confusions(draw: ImageDraw.ImageDraw, confusions: tuple[Confusion, ...], *, at: tuple[int, int]) -> None:
    left, top = at
    draw.text((left, top - 6), "Most confused", _INK, font=_font(16))
    for row, confusion in enumerate(confusions[:9]):
        pair = f"{confusion.truth} as {confusion.answer}: {confusion.photos}".replace("_", " ")
        draw.text((left, top + 26 + row * 26), pair[:58], _INK, font=_font(14))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
