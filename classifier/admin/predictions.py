"""Predictions in the admin: searched, exported, classified again, deleted with their files."""

import re
from collections import Counter
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from classifier.admin.csv_export import csv_response
from classifier.admin.dashboard import dashboard
from classifier.admin.explanations import why
from classifier.admin.feedback import FeedbackActions, FeedbackFilter
from classifier.admin.pagination import PredictionPaginator
from classifier.errors import ClassifierError
from classifier.inference.labels.names import matching, with_spaces
from classifier.inference.scores.wording import whole_percent
from classifier.model_registry import versions
from classifier.models import ANSWER_KINDS, EXTENSIONS, Prediction
from classifier.predictions import explanation, reclassification
from classifier.predictions.deletion import delete_predictions
from classifier.templatetags.formatting import advice

SHA256 = re.compile(r"[0-9a-f]{64}")
PHOTO_LOST = "photo lost"
MAX_RECLASSIFIED = 50_000
"""Queueing as many keeps the operator waiting for some seconds; classifying them takes half an hour."""


class RecentLabelFilter(admin.SimpleListFilter):
    """The most frequent labels of the newest predictions: it reads `rows` rows, however long the history."""

    title = "label"
    parameter_name = "label"
    rows, choices_shown = 1000, 12

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        labels = Counter(Prediction.objects.values_list("label", flat=True)[: self.rows])
        return [(label, with_spaces(label)) for label, _ in labels.most_common(self.choices_shown)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> QuerySet[Prediction]:
        return queryset.filter(label=self.value()) if self.value() else queryset


class AnswerFilter(admin.SimpleListFilter):
    """One kind of answer or, in the address, several with commas."""

    title = "answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(ANSWER_KINDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> QuerySet[Prediction]:
        kinds = self.value()
        return queryset.filter(answer_kind__in=kinds.split(",")) if kinds else queryset


class FormatFilter(admin.SimpleListFilter):
    """All accepted formats: to list only those that occur, every row would have to be read."""

    title = "format"
    parameter_name = "content_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(content_type, content_type.removeprefix("image/").upper()) for content_type in EXTENSIONS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> QuerySet[Prediction]:
        return queryset.filter(content_type=self.value()) if self.value() else queryset


@admin.register(Prediction)
class PredictionAdmin(FeedbackActions):
    list_display = ("preview", "answer_in_words", "probability_bar", "said", "owner", "model_version", "created_at")
    list_display_links = ("preview", "answer_in_words")
    list_filter = (AnswerFilter, "model_version", RecentLabelFilter, FeedbackFilter, "created_at", FormatFilter)
    list_select_related = ("owner", "model_version", "feedback")
    search_fields = ("label",)  # shows the search field; `get_search_results` does the search
    search_help_text = "Part of a label or of the owner's name, or a whole id or SHA-256"
    show_full_result_count = False
    paginator, list_per_page = PredictionPaginator, 50
    actions = (*FeedbackActions.feedback_actions, "export_csv", "classify_again")
    fields = (
        "photo",
        "answer_in_words",
        "top_bars",
        "said",
        "advice",
        "previous",
        "owner",
        "model_version",
        "created_at",
        "size",
        "sha256",
        "timings",
    )
    readonly_fields = fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Prediction], search_term: str
    ) -> tuple[QuerySet[Prediction], bool]:
        """Uses an index for each kind of term, so that a million rows are not read one by one."""
        term = search_term.strip().lower()
        if not term:
            return queryset, False
        if SHA256.fullmatch(term):
            return queryset.filter(sha256=term), False
        try:
            return queryset.filter(pk=UUID(term)), False
        except ValueError:
            return queryset.filter(_matches_label_or_owner(term)), False

    @admin.display(description="photo")
    def preview(self, prediction: Prediction) -> SafeString | str:
        if prediction.photo_lost:
            return PHOTO_LOST
        url = reverse("prediction-thumbnail", args=[prediction.pk])
        return format_html('<img class="classifier-thumbnail" src="{}" alt="{}" loading="lazy">', url, prediction)

    @admin.display(description="answer", ordering="label")
    def answer_in_words(self, prediction: Prediction) -> str:
        return prediction.sentence

    @admin.display(description="to take it again")
    def advice(self, prediction: Prediction) -> str:
        return " ".join(advice(prediction.quality)) or "no reason"

    @admin.display(description="probability", ordering="probability")
    def probability_bar(self, prediction: Prediction) -> SafeString:
        return format_html(
            '<meter class="classifier-meter" value="{}"></meter> {}',
            f"{prediction.probability:.4f}",
            whole_percent(prediction.probability),
        )

    @admin.display(description="photo")
    def photo(self, prediction: Prediction) -> SafeString | str:
        if prediction.photo_lost:
            return PHOTO_LOST
        url = reverse("prediction-image", args=[prediction.pk])
        thumbnail = reverse("prediction-thumbnail", args=[prediction.pk])
        # Most browsers cannot show HEIC.
        source = thumbnail if prediction.content_type == "image/heic" else url
        return format_html('<a href="{}"><img class="classifier-photo" src="{}" alt="{}"></a>', url, source, prediction)

    @admin.display(description="best labels")
    def top_bars(self, prediction: Prediction) -> SafeString:
        context = {"prediction": prediction, "is_explainable": explanation.is_explainable(prediction)}
        return SafeString(render_to_string("classifier/admin_top.html", context))

    @admin.display(description="size")
    def size(self, prediction: Prediction) -> str:
        pixels = f"{prediction.width} x {prediction.height} pixels"
        return f"{pixels}, {prediction.byte_size:,} bytes, {prediction.content_type}"

    @admin.display(description="timings")
    def timings(self, prediction: Prediction) -> str:
        steps = ("decode", "preprocess", "inference", "store")
        return ", ".join(f"{step} {getattr(prediction, f'{step}_ms'):.1f} ms" for step in steps)

    @admin.display(description="previous predictions")
    def previous(self, prediction: Prediction) -> SafeString | str:
        rows = prediction.previous_predictions.select_related("model_version")
        lines = ((row, row.model_version, row.replaced_at.date()) for row in rows)
        return format_html_join(SafeString("<br>"), "{} by {}, until {}", lines) or "none"

    def get_urls(self) -> list[URLPattern]:
        board = self.admin_site.admin_view(partial(dashboard, predictions_admin=self))
        heat_map = self.admin_site.admin_view(partial(why, predictions_admin=self))
        return [
            path("dashboard/", board, name="classifier_dashboard"),
            path("<uuid:key>/why/", heat_map, name="classifier_prediction_why"),
            *super().get_urls(),
        ]

    @admin.action(description="Export the selected predictions as CSV", permissions=["view"])
    def export_csv(self, request: HttpRequest, rows: QuerySet[Prediction]) -> HttpResponseBase | None:
        try:
            return csv_response(request.user, rows)
        except ClassifierError as error:
            self.message_user(request, str(error), messages.ERROR)
            return None

    @admin.action(description="Classify again with the active model", permissions=["classify_again"])
    def classify_again(self, request: HttpRequest, rows: QuerySet[Prediction]) -> None:
        version = versions.active()
        if version is None:
            self.message_user(request, "No model is active. Activate one first.", messages.ERROR)
            return
        if rows.order_by()[: MAX_RECLASSIFIED + 1].count() > MAX_RECLASSIFIED:
            message = f"At most {MAX_RECLASSIFIED:,} photos can be classified again at a time. Filter the list first."
            self.message_user(request, message, messages.ERROR)
            return
        count = reclassification.request_reclassification(list(rows.order_by().values_list("pk", flat=True)))
        reclassification.work_in_background()
        photos = "1 photo is" if count == 1 else f"{count:,} photos are"
        message = f"{photos} being classified again by {version}. Previous predictions are kept."
        self.message_user(request, message, messages.SUCCESS)

    def delete_model(self, request: HttpRequest, obj: Prediction) -> None:
        delete_predictions([obj.pk])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> None:
        delete_predictions(queryset.values_list("pk", flat=True))

    def has_classify_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("classifier.change_prediction")


def _matches_label_or_owner(part: str) -> Q:
    labels = Prediction.objects.order_by().values_list("label", flat=True).distinct()
    owners = User.objects.filter(username__icontains=part).values_list("pk", flat=True)
    return Q(label__in=matching(labels, part)) | Q(owner__in=list(owners))
