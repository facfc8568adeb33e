"""The history of a person's predictions, and the page of each."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework.exceptions import NotFound

from classifier.feedback import corrections
from classifier.models import Prediction
from classifier.predictions import deletion, explanation
from classifier.predictions.filters import PredictionFilter
from classifier.predictions.pagination import page_of
from classifier.web.forms import HistoryForm
from classifier.web.views.feedback import searched


@require_safe
@login_required
def history(request: HttpRequest) -> HttpResponse:
    form = HistoryForm(request.GET)
    filters = form.filters()
    own = Prediction.objects.filter(owner_id=request.user.pk).select_related("model_version")
    try:
        page = page_of(PredictionFilter(filters, queryset=own).qs, request)
    except NotFound:  # an invalid cursor
        return redirect("history")
    return render(request, "classifier/history.html", {"form": form, "is_filtered": bool(filters), "page": page})


@require_safe
@login_required
def prediction(request: HttpRequest, key: UUID) -> HttpResponse:
    row, it_is = _own(request, key), searched(request)
    labels = corrections.suggestions(it_is, by=request.user) if it_is else []
    context = {
        "prediction": row,
        "is_explainable": explanation.is_explainable(row),
        "said": row.said,
        "it_is": it_is,
        "labels": labels,
    }
    return render(request, "classifier/prediction.html", context)


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
        return render(request, "classifier/delete_prediction.html", {"prediction": row})
    deletion.delete_prediction(row)
    messages.success(request, "The prediction and its photo are deleted.")
    return redirect("history")


def _own(request: HttpRequest, key: UUID) -> Prediction:
    rows = Prediction.objects.select_related("model_version", "feedback").prefetch_related(
        "previous_predictions__model_version"
    )
    return get_object_or_404(rows, pk=key, owner_id=request.user.pk)
