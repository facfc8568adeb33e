"""What pages say in the language of whoever looks."""

from typing import Any

import pytest
from django.utils.translation import gettext, override

from classifier import errors
from classifier.errors import BusyError, QuotaExceededError, UploadTooLargeError
from classifier.inference.types import Answer, ScoredLabel
from classifier.templatetags import words

RETRIEVER = ScoredLabel("n02099601", "golden_retriever", 0.48)
ORANGE = ScoredLabel("n07747607", "orange", 0.31)


def in_german(of: Any, *arguments: Any) -> str:
    with override("de"):
        return str(of(*arguments))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer("exact", "golden_retriever", "n02099601", 0.48), "Golden retriever (48 %)"),
        (Answer("broader", "retriever", "", 0.9), "Wahrscheinlich retriever; vielleicht golden retriever (48 %)"),
        (Answer("unsure", "", "", 0.48), "Nicht sicher: vielleicht golden retriever (48 %) oder orange (31 %)"),
        (None, "golden retriever (48 %)"),
    ],
)
def test_an_answer_is_said_in_german_with_the_models_own_labels(answer: Answer | None, said: str) -> None:
    assert in_german(words.sentence, answer, [RETRIEVER, ORANGE]) == said


def test_an_answer_in_english_is_what_the_api_says() -> None:
    answer = Answer("unsure", "", "", 0.48)

    assert words.sentence(answer, [ORANGE]) == "Not sure: perhaps an orange (31 %)"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            BusyError(),
            "Der Server ist mit anderen Fotos beschäftigt.",
        ),
        (UploadTooLargeError(allowed_bytes=20971520), "Das Foto hat mehr als die erlaubten 20.971.520 Bytes."),
        (QuotaExceededError(photos=2000, total_bytes=5), "Ihr Konto darf 2.000 Fotos und 5 Bytes haben"),
    ],
)
def test_an_error_is_told_in_german_with_its_facts(error: Any, said: str) -> None:
    assert in_german(words.told, error).startswith(said)
    assert words.told(error) == str(error)


@pytest.mark.parametrize("error", [kind for kind in vars(errors).values() if hasattr(kind, "detail")])
def test_no_error_is_told_in_english(error: type[errors.ClassifierError]) -> None:
    assert in_german(gettext, error.detail) != error.detail


def test_figures_are_written_as_the_language_does() -> None:
    assert [words.percent(0.7567), words.percent(0.7567, 0), words.percent(1)] == ["75.7%", "76%", "100.0%"]
    assert [words.percent(0.7513), words.with_separators(12345)] == ["75.1%", "12,345"]
    assert [in_german(words.percent, 0.7513), in_german(words.with_separators, 12345)] == ["75,1 %", "12.345"]


def test_a_place_in_a_photo_is_named_in_german() -> None:
    assert in_german(words.place, "mostly the upper left") == "vor allem der Teil oben links"
