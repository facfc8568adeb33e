"""Comparisons of two models in the admin: asked for, followed, cancelled, read with their photos."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from classifier.admin.base import CheckedLists
from classifier.models import ModelComparison
from classifier.predictions import model_comparison

FLIPS_SHOWN = 60


@admin.register(ModelComparison)
class ModelComparisonAdmin(CheckedLists):
    list_display = ("__str__", "progress", "agreement", "verdict", "created_at")
    list_select_related = ("old", "new")
    actions = ("cancel",)
    asked = ("old", "new", "photos")
    shown = ("progress", "outcome", "flips", "created_at", "finished_at")

    class Media:
        css = {"all": ("classifier/admin.css",)}

    def get_fields(self, request: HttpRequest, obj: ModelComparison | None = None) -> tuple[str, ...]:
        return (*self.asked, *self.shown) if obj else self.asked

    def get_readonly_fields(self, request: HttpRequest, obj: ModelComparison | None = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ModelComparison, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        model_comparison.work_in_background()

    @admin.display(description="state")
    def progress(self, comparison: ModelComparison) -> SafeString:
        context = {"comparison": comparison, "wanted": 2 * comparison.photos}
        return SafeString(render_to_string("classifier/admin_comparison_progress.html", context))

    @admin.display(description="same best label")
    def agreement(self, comparison: ModelComparison) -> str:
        report = comparison.report
        return f"{report['agreed'] / report['photos']:.1%}" if report and report["photos"] else ""

    @admin.display(description="who is right")
    def verdict(self, comparison: ModelComparison) -> str:
        return str(comparison.report["verdict"]) if comparison.report else ""

    @admin.display(description="figures")
    def outcome(self, comparison: ModelComparison) -> SafeString:
        return SafeString(render_to_string("classifier/admin_comparison.html", {"comparison": comparison}))

    @admin.display(description="photos that differ")
    def flips(self, comparison: ModelComparison) -> SafeString:
        rows = comparison.flips.select_related("prediction")
        context = {"flips": rows[:FLIPS_SHOWN], "count": rows.count(), "shown": FLIPS_SHOWN}
        return SafeString(render_to_string("classifier/admin_flips.html", context))

    @admin.action(description="Cancel the selected comparisons", permissions=["add"])
    def cancel(self, request: HttpRequest, rows: QuerySet[ModelComparison]) -> None:
        done = [model_comparison.cancel(row) for row in rows]
        others = "" if all(done) else " The others had ended already."
        self.message_user(request, f"{sum(done)} cancelled.{others}", messages.SUCCESS)
