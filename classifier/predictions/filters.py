"""Filters of the history: by label, model, probability, kind of answer, feedback and time."""

import json
import re
from datetime import datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField

from classifier.inference.labels.names import matching, with_spaces
from classifier.models import ANSWER_KINDS, Feedback, Prediction
from classifier.predictions.moments import in_utc

NEWEST, LEAST_SURE = "-created_at", "probability"
ORDERINGS = {NEWEST: "newest first", LEAST_SURE: "least sure first"}


class MomentField(IsoDateTimeField):
    def to_python(self, value: str) -> datetime | None:
        moment = super().to_python(value)
        return in_utc(moment) if moment else None


class MomentFilter(filters.IsoDateTimeFilter):
    """A moment with or without its distance from UTC."""

    field_class = MomentField


class AnyOfFilter(filters.BaseInFilter, filters.ChoiceFilter):
    """One of several choices, separated by commas."""


class PredictionFilter(filters.FilterSet):
    label = filters.CharFilter(method="by_label", help_text="The best label; spaces or underscores.")
    model = filters.CharFilter(method="by_model", help_text="The model that answered: its name, or name-version.")
    min_probability = filters.NumberFilter("probability", "gte", min_value=0, max_value=1)
    answer = AnyOfFilter(
        "answer_kind", choices=list(ANSWER_KINDS.items()), help_text="What kind of answer: some of these, with commas."
    )
    created_after = MomentFilter("created_at", "gte")
    created_before = MomentFilter("created_at", "lt")
    search = filters.CharFilter(
        method="by_part_of_label", help_text="A part of any of the labels kept, or of the answer's."
    )
    ordering = filters.ChoiceFilter(
        choices=list(ORDERINGS.items()), method="keep_order", help_text="The newest first, or the least sure first."
    )

    feedback = AnyOfFilter(
        choices=[("none", "none"), *Feedback.Verdict.choices],
        method="by_feedback",
        help_text="What was said of the answer; several are separated by commas.",
    )

    class Meta:
        model = Prediction
        fields: list[str] = []

    def by_label(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        return rows.filter(label__in=_spellings(value))

    def by_model(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        name, _separator, version = value.rpartition("-")
        return rows.filter(Q(model_version__name=value) | Q(model_version__name=name, model_version__version=version))

    def by_feedback(self, rows: QuerySet[Prediction], _: str, values: list[str]) -> QuerySet[Prediction]:
        is_chosen = Q(feedback__verdict__in=values)
        return rows.filter(is_chosen | Q(feedback__isnull=True) if "none" in values else is_chosen)

    def by_part_of_label(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        """The best labels are few, and looked for among those that occur; the other words in each row."""
        labels = self.queryset.order_by().values_list("label", flat=True).distinct()
        pattern = f"({'|'.join(_patterns(value))})"
        found = Q(label__in=matching(labels, value)) | Q(answer_label__iregex=pattern)
        in_top = Q(top_as_text__iregex=f'"label": "[^"]*{pattern}')
        return rows.annotate(top_as_text=Cast("top", TextField())).filter(found | in_top)

    def keep_order(self, rows: QuerySet[Prediction], _: str, __: str) -> QuerySet[Prediction]:
        """Pages are cut in this order; see `classifier.predictions.pagination`."""
        return rows


def _patterns(text: str) -> list[str]:
    """Regular expressions for the text inside a JSON string; databases spell what is not ASCII in one of two ways."""
    spelt = text.replace(" ", "_")
    forms = {json.dumps(spelt, ensure_ascii=is_ascii)[1:-1] for is_ascii in (True, False)}
    return sorted(re.escape(form).replace("_", "[ _]") for form in forms)


def _spellings(label: str) -> set[str]:
    """The label with spaces, with underscores and as it is: Keras writes underscores, people write either."""
    return {label, label.replace(" ", "_"), with_spaces(label)}
