"""How the history is searched."""

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from classifier.inference.labels.names import containing, spelled
from classifier.models import Prediction


class PredictionFilter(filters.FilterSet):
    label = filters.CharFilter(method="with_label", help_text="The best label; spaces or underscores.")
    model = filters.CharFilter(method="by_model", help_text="The model that answered: its name, or name-version.")
    min_probability = filters.NumberFilter("probability", "gte", min_value=0, max_value=1)
    created_after = filters.IsoDateTimeFilter("created_at", "gte")
    created_before = filters.IsoDateTimeFilter("created_at", "lt")
    search = filters.CharFilter(method="containing", help_text="A part of the best label.")

    class Meta:
        model = Prediction
        fields: list[str] = []

    def with_label(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        return rows.filter(label__in=_spellings(value))

    def by_model(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        name, _separator, version = value.rpartition("-")
        return rows.filter(Q(model_version__name=value) | Q(model_version__name=name, model_version__version=version))

    def containing(self, rows: QuerySet[Prediction], _: str, value: str) -> QuerySet[Prediction]:
        """Looks among the labels that occur, which are few, not at every row."""
        labels = self.queryset.order_by().values_list("label", flat=True).distinct()
        return rows.filter(label__in=containing(labels, value))


def _spellings(label: str) -> set[str]:
    """Keras writes underscores, people write spaces, and people's own classes may have either."""
    return {label, label.replace(" ", "_"), spelled(label)}
