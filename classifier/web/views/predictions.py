"""The page of a prediction, and what its owner does to it."""

import re
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classifier.errors import ClassifierError
from classifier.feedback import corrections
from classifier.model_registry import versions
from classifier.models import EXTENSIONS, Prediction
from classifier.predictions import deletion, explanation, photo_comparison, reclassification
from classifier.predictions.filters import PredictionFilter
from classifier.predictions.intake import Sender
from classifier.predictions.pagination import HistoryPagination, neighbours_of
from classifier.templatetags.words import told
from classifier.web.forms import HistoryForm
from classifier.web.returning import target_of
from classifier.web.views.feedback import searched

MOVED = "moved"
"""In the query of a prediction's page when somebody came from the one beside it."""


@require_safe
@login_required
def seen(request: HttpRequest) -> JsonResponse:
    """Whether the account has a photo with these bytes already: the newest prediction with this SHA-256, or null."""
    sha256 = request.GET.get("sha256", "")
    same = (
        Prediction.objects.filter(owner_id=request.user.pk, sha256=sha256)
        if sha256.isalnum()
        else Prediction.objects.none()
    )
    return JsonResponse({"prediction": same.values_list("pk", flat=True).first()})


@require_safe
@login_required
def prediction(request: HttpRequest, key: UUID) -> HttpResponse:
    """The query is that of the history that somebody came from: its filter and order say what is next to it."""
    row, it_is = _own(request, key), searched(request)
    labels = corrections.suggestions(it_is, by=request.user) if it_is else []
    own = Prediction.objects.filter(owner_id=request.user.pk)
    query = _query_beside(request)
    neighbours = neighbours_of(
        row, PredictionFilter(HistoryForm(query).filters(), queryset=own, request=request).qs, query
    )
    active = versions.active()
    context = {
        "prediction": row,
        "is_explainable": explanation.is_explainable(row),
        "said": row.said,
        "it_is": it_is,
        "labels": labels,
        "file_name": _file_name(row),
        "neighbours": neighbours,
        "back": _back(request, row, neighbours.page),
        "beside": urlencode({**query.dict(), MOVED: "1"}),
        "has_other_models": not row.photo_lost and photo_comparison.other_models(row).exists(),
        "newer_model": active if active and active.pk != row.model_version_id and not row.photo_lost else None,
    }
    return render(request, "classifier/prediction.html", context)


@require_POST
@login_required
def classify_again(request: HttpRequest, key: UUID) -> HttpResponse:
    row = _own(request, key)
    try:
        reclassification.reclassify_for(Sender.of(request), row)
        messages.success(
            request, gettext("The model that is active now has answered. The answer before is kept below.")
        )
    except ClassifierError as error:
        messages.error(request, told(error))
    return redirect(target_of(request, default=reverse("prediction-page", args=[key])))


@require_safe
@login_required
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The labels of a prediction as an HTML fragment, which the start page shows beside the photo."""
    return render(request, "classifier/_answer.html", {"prediction": _own(request, key), "is_linked": True})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    row = _own(request, key)
    if request.method != "POST":
        context = {"prediction": row, "next": target_of(request, default="history")}
        return render(request, "classifier/delete_prediction.html", context)
    deletion.delete_prediction(row)
    messages.success(request, gettext("The prediction and its photo are deleted."))
    return redirect(target_of(request, default="history"))


def _file_name(row: Prediction) -> str:
    """What the photo is called when it is saved: its label and its day."""
    label = re.sub(r"[^\w-]+", "-", row.label.replace("_", "-")).strip("-")
    return f"{label}-{localdate(row.created_at):%Y-%m-%d}.{EXTENSIONS[row.content_type]}"


def _back(request: HttpRequest, row: Prediction, page: str) -> str:
    """Where somebody came from; the page of the history that begins with this prediction, after they moved on."""
    query = page if MOVED in request.GET else request.GET.urlencode()
    return f"{reverse('history')}?{query}#p-{row.pk}"


def _query_beside(request: HttpRequest) -> QueryDict:
    """The filter and the order of the history that somebody came from."""
    query = request.GET.copy()
    for name in (HistoryPagination.cursor_query_param, MOVED, "it_is"):
        query.pop(name, None)
    return query


def _own(request: HttpRequest, key: UUID) -> Prediction:
    rows = Prediction.objects.select_related("model_version", "feedback").prefetch_related(
        "previous_predictions__model_version"
    )
    return get_object_or_404(rows, pk=key, owner_id=request.user.pk)
