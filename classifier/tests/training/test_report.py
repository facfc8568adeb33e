"""The report tells what a classifier gets right and wrong."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from classifier.training.report import Confusion, evaluate, write_report

NAMES = ["cat", "dog", "fox"]


def scores_for(*answers: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    return np.eye(3, dtype=np.float32)[list(answers)]


def test_accuracy_is_measured_for_all_photos_and_for_each_class() -> None:
    report = evaluate(scores_for(0, 1, 1, 1), np.array([0, 0, 1, 1]), NAMES, [])

    assert report.top_1 == 0.75
    assert report.per_class == {"cat": 0.5, "dog": 1.0, "fox": 0.0}


def test_confusions_are_listed_most_frequent_first() -> None:
    report = evaluate(scores_for(1, 1, 2), np.array([0, 0, 0]), NAMES, [])

    assert report.confusions == (Confusion("cat", "dog", 2), Confusion("cat", "fox", 1))


def test_the_report_is_written_as_json_and_as_a_picture(tmp_path: Path) -> None:
    report = evaluate(scores_for(0, 1, 2), np.array([0, 1, 2]), NAMES, [{"loss": 1.0, "top_1": 0.5}, {"top_1": 1.0}])

    write_report(report, tmp_path)

    assert json.loads((tmp_path / "report.json").read_text())["top_1"] == 1.0
    with Image.open(tmp_path / "report.png") as picture:
        assert len(picture.getcolors(maxcolors=1 << 20) or []) > 2
