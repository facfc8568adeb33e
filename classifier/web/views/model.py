"""The model page: what the model in use knows, how good it is by whose measure, and where it errs."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from classifier.feedback.verdicts import verdicts_on
from classifier.inference import instance
from classifier.inference.labels.names import matches
from classifier.inference.service import ClassifierService
from classifier.model_registry import versions
from classifier.model_registry.report import report_of

LABELS_SHOWN = 1500
"""More would make the page slow; the search finds the others."""
LABELS_UNFOLDED = 60


@require_safe
@login_required
def model(request: HttpRequest) -> HttpResponse:
    service, active = instance.current(), versions.active()
    row = versions.row_for(service.ref) if service else None
    context = {
        "manifest": service and service.manifest,
        "active": active,
        "knows_everyday_things": service and all(label.wnid for label in service.labels),
        "report": report_of(row.folder) if row else None,
        "verdicts": verdicts_on(row, mistakes_of=request.user) if row else None,
        **_found(service, request.GET.get("search", "").strip()[:200]),
    }
    return render(request, "classifier/model.html", context)


def _found(service: ClassifierService | None, search: str) -> dict[str, object]:
    """The labels with a text in them."""
    labels = [label for label in (service.labels if service else ()) if matches(label.name, search)]
    return {
        "search": search,
        "labels": labels[:LABELS_SHOWN],
        "label_count": len(labels),
        "is_cut": len(labels) > LABELS_SHOWN,
        "is_unfolded": bool(search) or len(labels) <= LABELS_UNFOLDED,
    }
