"""What the page of the history shows beside the predictions: days, chips to filter by, and how many there are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from classifier.inference.labels.names import with_spaces
from classifier.models import ModelVersion, Prediction, StorageUse
from classifier.predictions.filters import LEAST_SURE, NEWEST, PredictionFilter
from classifier.templatetags.words import with_separators

MOST_COUNTED = 1000
"""Of what a filter leaves; to count more takes longer than people wait for it."""
MOST_LABELS, MOST_MODELS = 6, 4
CURSOR = "cursor"
ANSWERS = {"exact": _("Sure"), "broader": _("Broader"), "unsure": _("Not sure")}
SAID = {"none": _("Nothing said"), "right": _("Right"), "wrong": _("Wrong")}
SORTS = {NEWEST: _("Newest first"), LEAST_SURE: _("Least sure first")}


@dataclass(frozen=True, slots=True)
class Chip:
    """A link that sets a filter, or takes it away when it is set."""

    text: str
    query: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Day:
    """Predictions in a row that were made on one day; `day` is None where they are not in the order of time."""

    day: date | None
    predictions: list[Prediction]


def days_of(predictions: Iterable[Prediction], *, is_by_time: bool) -> list[Day]:
    """By the calendar of whoever looks."""
    if not is_by_time:
        return [Day(None, list(predictions))]
    grouped = groupby(predictions, key=lambda row: localdate(row.created_at))
    return [Day(day, list(rows)) for day, rows in grouped]


def count_of(filtered: PredictionFilter, owner_id: int, *, is_filtered: bool) -> str:
    """How many predictions there are, in words: all of an account are counted already."""
    if not is_filtered:
        use = StorageUse.objects.filter(owner_id=owner_id).first()
        return _photos(use.photos if use else 0)
    found = filtered.count(at_most=MOST_COUNTED + 1)
    if found <= MOST_COUNTED:
        return _photos(found)
    return gettext("more than {count} photos").format(count=with_separators(MOST_COUNTED))


def chips_of(request: HttpRequest, predictions: list[Prediction]) -> dict[str, list[Chip]]:
    """In groups, by what they are called: each one's query is that of the page with one thing changed."""
    query = request.GET
    models = [(str(model.pk), str(model)) for model in ModelVersion.objects.all()[: MOST_MODELS + 1]]
    labels = Counter(with_spaces(row.label) for row in predictions)
    shown = [(label, label) for label, _count in labels.most_common(MOST_LABELS)]
    is_chosen = query.get("search") in labels
    groups = {
        gettext("Sort"): _chips(query, "ordering", SORTS.items(), default=NEWEST),
        gettext("Answer"): _chips(query, "answer", ANSWERS.items()),
        gettext("Said of it"): _chips(query, "feedback", SAID.items()),
        gettext("Model"): _chips(query, "model", models) if 1 < len(models) <= MOST_MODELS else [],
        gettext("On this page"): _chips(query, "search", shown if is_chosen or len(shown) > 1 else []),
    }
    return {name: chips for name, chips in groups.items() if chips}


def _chips(query: QueryDict, name: str, choices: Iterable[tuple[str, str | Promise]], default: str = "") -> list[Chip]:
    current = query.get(name) or default
    chips = []
    for value, text in choices:
        changed = query.copy()
        changed.pop(CURSOR, None)
        changed.pop(name, None)
        is_on = value == current
        if value != default and not (is_on and not default):
            changed[name] = value
        chips.append(Chip(str(text), changed.urlencode(), is_on))
    return chips


def _photos(count: int) -> str:
    return ngettext("{count} photo", "{count} photos", count).format(count=with_separators(count))
