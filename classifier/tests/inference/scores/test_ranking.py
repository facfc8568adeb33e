"""From scores to names and probabilities."""

import numpy as np
import pytest

from classifier.inference.errors import LabelsError
from classifier.inference.scores.ranking import decode_prediction
from classifier.inference.types import Label, ScoredLabel

PETS = [Label("", "cat"), Label("", "dog"), Label("", "fox")]


def scores(*values: float) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.array(values, np.float32)


def test_the_best_labels_come_best_first() -> None:
    top = decode_prediction(scores(0.25, 0.5, 0.125), PETS, top_k=2)

    assert top == (ScoredLabel("", "dog", 0.5), ScoredLabel("", "cat", 0.25))


def test_more_labels_than_there_are_gives_all() -> None:
    assert len(decode_prediction(scores(0.2, 0.5, 0.3), PETS, top_k=9)) == 3


def test_without_a_number_all_labels_are_given() -> None:
    assert len(decode_prediction(scores(0.2, 0.5, 0.3), PETS)) == 3


def test_equal_scores_keep_the_order_of_the_classes() -> None:
    assert [scored.label for scored in decode_prediction(scores(0.5, 0.5, 0.0), PETS)] == ["cat", "dog", "fox"]


def test_one_sigmoid_output_gives_both_probabilities() -> None:
    top = decode_prediction(scores(0.75), PETS[:2], output="sigmoid")

    assert top == (ScoredLabel("", "dog", 0.75), ScoredLabel("", "cat", 0.25))


def test_labels_of_another_number_are_refused() -> None:
    with pytest.raises(LabelsError, match="3 labels"):
        decode_prediction(scores(0.5, 0.5), PETS)


def test_without_labels_the_thousand_of_imagenet_are_meant() -> None:
    best = np.zeros(1000, np.float32)
    best[207] = 1

    (top,) = decode_prediction(best, top_k=1)

    assert top == ScoredLabel("n02099601", "golden_retriever", 1.0)
