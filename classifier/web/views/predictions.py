"""A person's predictions: one on its own page, all in the history."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from classifier.conf import conf
from classifier.models import Prediction
from classifier.predictions.filters import PredictionFilter
from classifier.web.forms import HistoryForm
from classifier.web.paging import page_of


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def history(request: HttpRequest) -> HttpResponse:
    form = HistoryForm(request.GET)
    wanted = form.filters()
    own = Prediction.objects.filter(owner_id=request.user.pk).select_related("model_version")
    page = page_of(
        PredictionFilter(wanted, queryset=own).qs,
        size=conf.history_page_size,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    kept = request.GET.copy()
    for cursor in ("before", "after"):
        kept.pop(cursor, None)
    given = {"form": form, "is_filtered": bool(wanted), "page": page, "query": kept.urlencode()}
    return render(request, "classifier/history.html", given)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def prediction(request: HttpRequest, key: UUID) -> HttpResponse:
    return render(request, "classifier/prediction.html", {"prediction": _own(request, key)})


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The part of a prediction's page that the classify page shows beside the photo."""
    return render(request, "classifier/_answer.html", {"prediction": _own(request, key), "is_linked": True})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    found = _own(request, key)
    if request.method != "POST":
        return render(request, "classifier/delete_prediction.html", {"prediction": found})
    found.delete()
    messages.success(request, "The prediction and its photo are deleted.")
    return redirect("history")


def _own(request: HttpRequest, key: UUID) -> Prediction:
    rows = Prediction.objects.select_related("model_version").prefetch_related("previous_predictions__model_version")
    return get_object_or_404(rows, pk=key, owner_id=request.user.pk)
