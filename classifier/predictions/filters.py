"""Filters of the history: by label, model, probability, kind of answer, feedback and time."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField

from classifier.inference.labels.names import matching, with_spaces
from classifier.models import ANSWER_KINDS, Feedback, Prediction
from classifier.predictions.moments import in_utc


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
    search = filters.CharFilter(method="by_part_of_label", help_text="A part of the best label.")

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
        """Searches the labels that occur, which are few, instead of every row."""
        labels = self.queryset.order_by().values_list("label", flat=True).distinct()
        return rows.filter(label__in=matching(labels, value))


def _spellings(label: str) -> set[str]:
    """The label with spaces, with underscores and as it is: Keras writes underscores, people write either."""
    return {label, label.replace(" ", "_"), with_spaces(label)}
