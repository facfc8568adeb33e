"""Retrainings in the admin: started, watched, cancelled, promoted and taken back, with what they were judged by."""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from classifier.admin.base import ReadOnlyAdmin
from classifier.errors import ClassifierError
from classifier.feedback import promotion, tasks
from classifier.models import Prediction, Retraining

State = Retraining.State
View: TypeAlias = Callable[..., HttpResponse]
SETS = {
    "corrections": "corrected photos, and those of new classes",
    "confirmations": "confirmed photos of old classes",
    "near": "of these, those near the new ones",
    "reference": "reference set",
}


@admin.register(Retraining)
class RetrainingAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "progress", "candidate", "by", "message")
    list_filter = ("state",)
    list_select_related = ("candidate", "by")
    change_list_template = "classifier/admin_retrainings.html"
    change_form_template = "classifier/admin_retraining.html"
    fields = (
        "state", "message", "progress", "report", "before", "candidate", "root", "by", "requested_at", "started_at",
        "finished_at", "data_hash",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description="photos")
    def progress(self, row: Retraining) -> str:
        return f"{row.done:,} of {row.total:,}" if row.total else ""

    @admin.display(description="judged by")
    def report(self, row: Retraining) -> SafeString | str:
        if not row.figures:
            return "nothing yet"
        return SafeString(render_to_string("classifier/admin_retraining_report.html", _report(row)))

    def get_urls(self) -> list[URLPattern]:
        start: View = self.start
        steps: dict[str, View] = {"cancel": self.cancel, "promote": self.promote, "take-back": self.take_back}
        own = [path("start/", self.admin_site.admin_view(start), name="classifier_retraining_start")]
        for name, view in steps.items():
            wrapped = self.admin_site.admin_view(view)
            own.append(path(f"<int:key>/{name}/", wrapped, name=f"classifier_retraining_{name}"))
        return [*own, *super().get_urls()]

    def start(self, request: HttpRequest) -> HttpResponse:
        return self._do(request, lambda: tasks.request_retraining(by=request.user), "It begins within seconds.")

    def cancel(self, request: HttpRequest, key: int) -> HttpResponse:
        row = get_object_or_404(Retraining, pk=key)
        return self._do(request, lambda: tasks.cancel(row), "It ends before its next photo.", row)

    def promote(self, request: HttpRequest, key: int) -> HttpResponse:
        row = get_object_or_404(Retraining, pk=key)
        return self._do(request, lambda: promotion.promote(row), f"Active model: {row.candidate}.", row)

    def take_back(self, request: HttpRequest, key: int) -> HttpResponse:
        row = get_object_or_404(Retraining, pk=key)
        return self._do(request, lambda: promotion.take_back(row), f"Active model: {row.before}.", row)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "may_retrain": self._may(request)})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        steps = [(name, told) for name, told in _steps(row)] if row and self._may(request) else []
        return super().render_change_form(request, {**context, "steps": steps}, *args, **kwargs)

    def _do(self, request: HttpRequest, step: Any, done: str, row: Retraining | None = None) -> HttpResponse:
        """Carries out a step that a button asked for, and says what came of it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self._may(request):
            raise PermissionDenied
        try:
            made = step()
            self.message_user(request, done, messages.SUCCESS)
            row = made if isinstance(made, Retraining) else row
        except ClassifierError as error:
            self.message_user(request, str(error), messages.ERROR)
        if row is None:
            return redirect("admin:classifier_retraining_changelist")
        return redirect("admin:classifier_retraining_change", row.pk)

    def _may(self, request: HttpRequest) -> bool:
        return request.user.has_perm("classifier.change_modelversion")


def _steps(row: Retraining) -> list[tuple[str, str]]:
    """The buttons of a run: where each leads, and what is on it."""
    names = {
        State.WAITING: [("cancel", "Cancel")],
        State.RUNNING: [("cancel", "Cancel")],
        State.READY: [("promote", "Make it the active model")] if row.candidate else [],
        State.TAKEN_BACK: [("promote", "Make it the active model again")] if row.candidate else [],
        State.PROMOTED: [("take-back", f"Go back to {row.before}")],
    }
    found = names.get(State(row.state), [])
    return [(reverse(f"admin:classifier_retraining_{name}", args=[row.pk]), told) for name, told in found]


def _report(row: Retraining) -> dict[str, Any]:
    """The figures of a run, with the photos that are still there."""
    figures = row.figures
    keys = [flip["key"] for flip in figures["flips"]] + [key for line in figures["confusions"] for key in line["keys"]]
    there = set(
        map(str, Prediction.objects.filter(pk__in=map(UUID, keys), photo_lost=False).values_list("pk", flat=True))
    )
    flips = [{**flip, "is_there": flip["key"] in there} for flip in figures["flips"]]
    sets = [{"name": SETS[name], **compared} for name, compared in figures["sets"].items()]
    return {
        "sets": sets,
        "wanted": figures["wanted"],
        "classes": figures["classes"],
        "flips": {
            "right": [flip for flip in flips if flip["is_right"]],
            "wrong": [flip for flip in flips if not flip["is_right"]],
        },
        "confusions": [
            {**line, "keys": [key for key in line["keys"] if key in there]} for line in figures["confusions"]
        ],
    }
