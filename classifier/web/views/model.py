"""The model page: which model is in use, how accurate it is, and its labels."""

import json
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from classifier.inference import instance
from classifier.inference.labels.names import matches
from classifier.model_registry import versions

LABELS_SHOWN = 300
"""More would make the page slow; the search finds the others."""
CLASSES_SHOWN = 8


@require_safe
@login_required
def model(request: HttpRequest) -> HttpResponse:
    service, active = instance.current(), versions.active()
    search = request.GET.get("search", "").strip()[:200]
    labels = [label for label in (service.labels if service else ()) if matches(label.name, search)]
    context = {
        "manifest": service and service.manifest,
        "active": active,
        "search": search,
        "labels": labels[:LABELS_SHOWN],
        "label_count": len(labels),
        "is_cut": len(labels) > LABELS_SHOWN,
        "report": _report(active.folder) if active else None,
    }
    return render(request, "classifier/model.html", context)


def _report(folder: Path) -> dict[str, Any] | None:
    """The accuracy measured after training, with the best and the weakest classes; None without a report."""
    try:
        report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        ranked = sorted(report["per_class"].items(), key=lambda item: -item[1])
        confusions = report["confusions"][:CLASSES_SHOWN]
        figures = {name: report[name] for name in ("photos", "top_1", "top_5")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return {
        **figures,
        "best": ranked[:CLASSES_SHOWN],
        "weakest": ranked[::-1][:CLASSES_SHOWN],
        "confusions": confusions,
    }
