"""A model's report as its page reads it."""

import json
from pathlib import Path

import pytest

from classifier.model_registry.report import report_of
from classifier.training.evaluation import Confusion

KEPT = {
    "photos": 40,
    "top_1": 0.75,
    "top_5": 1.0,
    "per_class": {"red": 0.5, "blue": 1.0},
    "confusions": [{"truth": "red", "answer": "blue", "photos": 9}],
}


def test_classes_are_ranked(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(json.dumps(KEPT))

    report = report_of(tmp_path)

    assert report is not None
    assert report.best == [("blue", 1.0), ("red", 0.5)]
    assert report.weakest == [("red", 0.5), ("blue", 1.0)]
    assert report.confusions == [Confusion("red", "blue", 9)]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", json.dumps({**KEPT, "confusions": [3]}), json.dumps({**KEPT, "photos": None})]
)
def test_a_report_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.json").write_text(text)

    assert report_of(tmp_path) is None
    assert report_of(tmp_path / "elsewhere") is None
