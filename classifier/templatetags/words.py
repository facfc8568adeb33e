"""What pages say, in the language of whoever looks: answers, errors, places in a photo, figures."""

from collections.abc import Sequence
from string import Formatter
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from classifier.errors import ClassifierError
from classifier.inference.heat_maps import PLACES
from classifier.inference.labels import names
from classifier.inference.scores import wording
from classifier.inference.types import Answer, ScoredLabel


class _LocalFormatter(Formatter):
    """Fills in what stands in braces; `{allowed:,}` has the page's separators."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        return with_separators(value) if format_spec == "," else super().format_field(value, format_spec)


def told(error: ClassifierError) -> str:
    """What an error says. The API has the same in English, whoever asks."""
    text = gettext(error.text)
    return _LocalFormatter().vformat(text, (), error.facts) if error.facts else text


def sentence(answer: Answer | None, top: Sequence[ScoredLabel]) -> str:
    """An answer as people are told it. Labels are English in every language."""
    return wording.sentence(answer, top, gettext)


def with_article(label: str) -> str:
    return names.with_article(label, gettext)


def place(in_english: str) -> str:
    """Where in a photo something is, of which a heat map tells in English."""
    return gettext(in_english) if in_english in PLACES else in_english


def with_separators(number: int) -> str:
    """12345 as `12,345` or as `12.345`."""
    return str(number_format(number, force_grouping=True))


def percent(fraction: float, digits: int = 1) -> str:
    """0.7513 as `75.1%` or as `75,1 %`, for what was measured."""
    rounded = round(float(fraction) * 100, digits)  # `number_format` would cut off
    return gettext("{number}%").format(number=number_format(rounded, digits))
