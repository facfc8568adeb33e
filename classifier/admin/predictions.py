"""The predictions on the operator's desk: found, exported, classified again, deleted with their files."""

import re
from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from classifier.admin.base import ReadOnlyAdmin
from classifier.admin.csv_export import csv_response
from classifier.admin.figures import CHART_HEIGHT, CHART_WIDTH, PERCENTILES, WINDOWS_DAYS, figures
from classifier.inference.labels.names import containing, spelled
from classifier.model_registry import versions
from classifier.models import EXTENSIONS, Prediction
from classifier.predictions import reclassification

SHA256 = re.compile(r"[0-9a-f]{64}")
PHOTO_LOST = "photo lost"
MOST_CLASSIFIED_AGAIN = 50_000
"""Noting them keeps the operator waiting for some seconds; answering them takes half an hour."""


class RecentLabelFilter(admin.SimpleListFilter):
    """The commonest labels of late: a look at so many rows, however long the history."""

    title = "label"
    parameter_name = "label"
    rows, choices_shown = 1000, 12

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        labels = Counter(Prediction.objects.values_list("label", flat=True)[: self.rows])
        return [(label, spelled(label)) for label, _ in labels.most_common(self.choices_shown)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> QuerySet[Prediction]:
        return queryset.filter(label=self.value()) if self.value() else queryset


class FormatFilter(admin.SimpleListFilter):
    """The formats that are accepted: looking which ones there are would take a look at every row."""

    title = "format"
    parameter_name = "content_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(content_type, content_type.removeprefix("image/").upper()) for content_type in EXTENSIONS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> QuerySet[Prediction]:
        return queryset.filter(content_type=self.value()) if self.value() else queryset


@admin.register(Prediction)
class PredictionAdmin(ReadOnlyAdmin):
    list_display = ("picture", "label_text", "probability_bar", "owner", "model_version", "created_at")
    list_display_links = ("picture", "label_text")
    list_filter = ("model_version", RecentLabelFilter, "created_at", FormatFilter)
    list_select_related = ("owner", "model_version")
    list_per_page = 50
    search_fields = ("label",)  # puts up the field; `get_search_results` says what it finds
    search_help_text = "A part of a label or of its owner's name, or a whole id or SHA-256"
    show_full_result_count = False
    actions = ("export_csv", "classify_again")
    fields = ("photo", "top_bars", "earlier", "owner", "model_version", "created_at", "size", "sha256", "timings")
    readonly_fields = fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Prediction], search_term: str
    ) -> tuple[QuerySet[Prediction], bool]:
        """By index throughout: of a million rows, none is read that is not found."""
        term = search_term.strip().lower()
        if not term:
            return queryset, False
        if SHA256.fullmatch(term):
            return queryset.filter(sha256=term), False
        try:
            return queryset.filter(pk=UUID(term)), False
        except ValueError:
            return queryset.filter(_label_or_owner_has(term)), False

    @admin.display(description="photo")
    def picture(self, prediction: Prediction) -> SafeString | str:
        if prediction.photo_lost:
            return PHOTO_LOST
        url = reverse("prediction-thumbnail", args=[prediction.pk])
        return format_html('<img class="classifier-thumbnail" src="{}" alt="{}" loading="lazy">', url, prediction)

    @admin.display(description="label", ordering="label")
    def label_text(self, prediction: Prediction) -> str:
        return spelled(prediction.label)

    @admin.display(description="probability", ordering="probability")
    def probability_bar(self, prediction: Prediction) -> SafeString:
        return format_html(
            '<meter class="classifier-meter" value="{}"></meter> {}',
            f"{prediction.probability:.4f}",
            f"{prediction.probability:.1%}",
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
        return SafeString(render_to_string("classifier/admin_top.html", {"top": _spelled(prediction.top)}))

    @admin.display(description="picture")
    def size(self, prediction: Prediction) -> str:
        pixels = f"{prediction.width} x {prediction.height} pixels"
        return f"{pixels}, {prediction.byte_size:,} bytes, {prediction.content_type}"

    @admin.display(description="timings")
    def timings(self, prediction: Prediction) -> str:
        steps = ("decode", "preprocess", "inference", "store")
        return ", ".join(f"{step} {getattr(prediction, f'{step}_ms'):.1f} ms" for step in steps)

    @admin.display(description="earlier answers")
    def earlier(self, prediction: Prediction) -> SafeString | str:
        answers = prediction.previous_predictions.select_related("model_version")
        lines = ((answer, answer.model_version, answer.replaced_at.date()) for answer in answers)
        return format_html_join(SafeString("<br>"), "{} by {}, until {}", lines) or "none"

    def get_urls(self) -> list[URLPattern]:
        board = path("dashboard/", self.admin_site.admin_view(self.dashboard), name="classifier_dashboard")
        return [board, *super().get_urls()]

    def dashboard(self, request: HttpRequest) -> HttpResponse:
        """What goes on, in figures."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("days", "")
        days = int(asked) if asked in map(str, WINDOWS_DAYS) else 30
        given = {
            **self.admin_site.each_context(request),
            **figures(days=days, now=timezone.now()),
            "title": "Dashboard",
            "days": days,
            "windows": WINDOWS_DAYS,
            "opts": self.opts,
            "media": self.media,
            "chart": (CHART_WIDTH, CHART_HEIGHT),
            "percentiles": PERCENTILES,
        }
        return TemplateResponse(request, "classifier/admin_dashboard.html", given)

    @admin.action(description="Export the selected predictions as CSV", permissions=["view"])
    def export_csv(self, request: HttpRequest, rows: QuerySet[Prediction]) -> HttpResponseBase:
        return csv_response(rows)

    @admin.action(description="Classify again with the active model", permissions=["classify_again"])
    def classify_again(self, request: HttpRequest, rows: QuerySet[Prediction]) -> None:
        version = versions.active()
        if version is None:
            self.message_user(request, "No model is active: activate one first.", messages.ERROR)
            return
        if rows.order_by()[: MOST_CLASSIFIED_AGAIN + 1].count() > MOST_CLASSIFIED_AGAIN:
            told = f"At most {MOST_CLASSIFIED_AGAIN:,} photos are classified again at once: filter them first."
            self.message_user(request, told, messages.ERROR)
            return
        wanted = reclassification.request_reclassification(rows.order_by().values_list("pk", flat=True).iterator())
        reclassification.work_in_background()
        told = f"{wanted:,} photos are being classified again by {version}; their old answers are kept."
        self.message_user(request, told, messages.SUCCESS)

    def has_classify_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("classifier.change_prediction")


def _label_or_owner_has(part: str) -> Q:
    labels = Prediction.objects.order_by().values_list("label", flat=True).distinct()
    owners = User.objects.filter(username__icontains=part).values_list("pk", flat=True)
    return Q(label__in=containing(labels, part)) | Q(owner__in=list(owners))


def _spelled(top: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The best labels with spaces, as people write them."""
    return [{**scored, "label": spelled(scored["label"])} for scored in top]
