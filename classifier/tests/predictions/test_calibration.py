"""A model version's calibration from its predictions and what people confirmed."""

import pytest
from django.contrib.auth.models import User

from classifier.models import ModelVersion, Prediction
from classifier.predictions import calibration
from classifier.tests.rows import make_prediction, say


@pytest.fixture
def said(user: User, serving: ModelVersion) -> list[Prediction]:
    figures = [("red", 0.95), ("red", 0.91), ("blue", 0.55), ("green", 0.35)]
    return [
        make_prediction(user, serving, label, probability=probability, sha256=str(number))
        for number, (label, probability) in enumerate(figures)
    ]


def test_a_threshold_is_tried_on_the_predictions_of_that_version_alone(
    said: list[Prediction], user: User, serving: ModelVersion, second: ModelVersion
) -> None:
    make_prediction(user, second, "red", probability=0.1)

    figures = calibration.figures_of(serving, threshold=0.6)

    assert (figures.chosen.answers, figures.chosen.unsure, figures.chosen.known) == (4, 2, 0)
    assert [line.unsure for line in figures.others] == [0, 1, 1, 2, 2, 2, 2]
    assert figures.table == []
    assert figures.right_in_ten == ""


def test_what_people_said_is_compared_with_what_the_model_said(said: list[Prediction], serving: ModelVersion) -> None:
    for row, label in ((said[0], "Red"), (said[1], "blue"), (said[3], "green")):
        say(row, label)

    figures = calibration.figures_of(serving, threshold=0.6)

    assert [(line.low, line.count, line.confirmed) for line in figures.table] == [(0.3, 1, 1.0), (0.9, 2, 0.5)]
    assert (figures.chosen.known, figures.chosen.right) == (2, 1)


def test_a_network_that_claims_too_much_is_told_so(user: User, serving: ModelVersion) -> None:
    rows = [make_prediction(user, serving, "red", probability=0.99, sha256=str(number)) for number in range(120)]
    for number, row in enumerate(rows):
        say(row, "red" if number % 3 else "blue")

    figures = calibration.figures_of(serving, threshold=0.6)

    assert figures.calibration.helps
    assert figures.calibration.temperature > 2
    assert figures.right_in_ten < "70%"
