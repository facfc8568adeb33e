"""What a report says of scores."""

import json
from pathlib import Path

import numpy as np

from classifier.training.evaluation import evaluate, top_k, write_report

SCORES = np.array([[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.1, 0.2, 0.7], [0.2, 0.5, 0.3]], np.float32)
TARGETS = np.array([0, 1, 2, 2])


def test_accuracy_and_confusions_are_counted() -> None:
    report = evaluate(SCORES, TARGETS, ["cat", "dog", "fox"])

    assert (report.photos, report.top_1, report.top_5) == (4, 0.5, 1.0)
    assert report.per_class == {"cat": 1.0, "dog": 0.0, "fox": 0.5}
    assert {(c.truth, c.answer, c.photos) for c in report.confusions} == {("dog", "cat", 1), ("fox", "dog", 1)}


def test_the_second_best_counts_among_two() -> None:
    assert top_k(SCORES, TARGETS, 2) == 1.0


def test_a_class_without_photos_has_no_accuracy() -> None:
    assert "owl" not in evaluate(np.pad(SCORES, ((0, 0), (0, 1))), TARGETS, ["cat", "dog", "fox", "owl"]).per_class


def test_the_page_finds_its_figures_in_the_file(tmp_path: Path) -> None:
    write_report(evaluate(SCORES, TARGETS, ["cat", "dog", "fox"]), tmp_path)

    written = json.loads((tmp_path / "report.json").read_text())
    assert {"photos", "top_1", "top_5", "per_class", "confusions"} <= set(written)
    assert set(written["confusions"][0]) == {"truth", "answer", "photos"}
