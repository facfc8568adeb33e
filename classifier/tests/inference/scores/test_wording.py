"""What a person is told."""

import pytest

from classifier.inference.scores.wording import sentence, whole_percent
from classifier.inference.types import Answer, ScoredLabel

RETRIEVER = ScoredLabel("n02099601", "golden_retriever", 0.48)
LABRADOR = ScoredLabel("n02099712", "Labrador_retriever", 0.31)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer("exact", "golden_retriever", "n02099601", 0.48), "A golden retriever (48 %)"),
        (Answer("broader", "retriever", "n02099029", 0.9), "Probably a retriever; perhaps a golden retriever (48 %)"),
        (
            Answer("unsure", "", "", 0.48),
            "Not sure: perhaps a golden retriever (48 %) or a Labrador retriever (31 %)",
        ),
        (None, "golden retriever (48 %)"),
    ],
)
def test_an_answer_is_said_as_surely_as_it_is_known(answer: Answer | None, said: str) -> None:
    assert sentence(answer, [RETRIEVER, LABRADOR]) == said


def test_two_classes_of_one_name_are_named_once() -> None:
    cranes = [ScoredLabel("n02012849", "crane", 0.4), ScoredLabel("n03126707", "crane", 0.3)]

    assert sentence(Answer("unsure", "", "", 0.4), cranes) == "Not sure: perhaps a crane (40 %)"


@pytest.mark.parametrize(
    ("fraction", "said"),
    [(0, "0 %"), (0.001, "0 %"), (0.614, "61 %"), (0.996, "99 %"), (1, "100 %")],
)
def test_percents_are_whole_and_not_rounded_to_certainty(fraction: float, said: str) -> None:
    assert whole_percent(fraction) == said
