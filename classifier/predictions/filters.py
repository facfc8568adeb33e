"""Filters of the history: by label, model, probability, kind of answer, feedback and time."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField

from classifier.inference.labels.names import with_spaces
from classifier.models import ANSWER_KINDS, Feedback, Prediction
from classifier.predictions.moments import in_utc
from classifier.search.finding import Keys, among, found

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
        method="by_text",
        help_text="A part of any of the labels kept, or of the answer's; or words of the file's name, or of the label "
        "that it was corrected to, of which the last may be a beginning.",
    )
    ordering = filters.ChoiceFilter(
        choices=list(ORDERINGS.items()), method="keep_order", help_text="The newest first, or the least sure first."
    )

    feedback = AnyOfFilter(
        choices=[("none", "none"), *Feedback.Verdict.choices],
        method="by_feedback",
        help_text="What was said of the answer; several are separated by commas.",
    )

    some_found: Keys | None = None

    class Meta:
        model = Prediction
        fields: list[str] = []

    def count(self, *, at_most: int) -> int:
        """How many rows are left, of which no more are counted; first among those that the search has found already."""
        some = (
            among(self.qs, self.some_found).order_by().values("pk")[:at_most].count()
            if self.some_found is not None
            else 0
        )
        return some if some == at_most else self.qs.order_by().values("pk")[:at_most].count()

    def by_label(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        return rows.filter(label__in=_spellings(value))

    def by_model(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        name, _separator, version = value.rpartition("-")
        return rows.filter(Q(model_version__name=value) | Q(model_version__name=name, model_version__version=version))

    def by_feedback(self, rows: QuerySet[Prediction], _: str, values: list[str]) -> QuerySet[Prediction]:
        is_chosen = Q(feedback__verdict__in=values)
        return rows.filter(is_chosen | Q(feedback__isnull=True) if "none" in values else is_chosen)

    def by_text(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        """Whoever asks finds the own predictions by the index."""
        result = found(rows, value, owner_id=self.request.user.pk if self.request else None)
        self.some_found = result.some
        return result.rows

    def keep_order(self, rows: QuerySet[Prediction], _: str, __: str) -> QuerySet[Prediction]:
        """Pages are cut in this order; see `classifier.predictions.pagination`."""
        return rows


def _spellings(label: str) -> set[str]:
    """The label with spaces, with underscores and as it is: Keras writes underscores, people write either."""
    return {label, label.replace(" ", "_"), with_spaces(label)}
