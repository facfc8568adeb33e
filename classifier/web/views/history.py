"""The history of a person's predictions, and what is done to several of them at once."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe
from rest_framework.exceptions import NotFound

from classifier.accounts.export import export_selected
from classifier.errors import ClassifierError, RetryableError, StorageFullError
from classifier.models import Prediction
from classifier.predictions import deletion
from classifier.predictions.filters import LEAST_SURE, PredictionFilter
from classifier.predictions.pagination import page_of
from classifier.templatetags.words import told, with_separators
from classifier.web.forms import HistoryForm
from classifier.web.history import chips_of, count_of, days_of
from classifier.web.returning import target_of

MOST_AT_ONCE = 500


@require_safe
@login_required
def history(request: HttpRequest) -> HttpResponse:
    form = HistoryForm(request.GET)
    filters = form.filters()
    is_filtered = bool(filters.keys() - {"ordering"})
    own = Prediction.objects.filter(owner_id=request.user.pk).select_related("model_version")
    filtered = PredictionFilter(filters, queryset=own, request=request)
    try:
        page = page_of(filtered.qs, request)
    except NotFound:  # an invalid cursor
        return redirect("history")
    context = {
        "form": form,
        "is_filtered": is_filtered,
        "is_narrowed": any(field.value() for field in form.details),
        "page": page,
        "days": days_of(page.predictions, is_by_time=filters.get("ordering") != LEAST_SURE),
        "chips": chips_of(request, page.predictions),
        "count": count_of(filtered, request.user.pk or 0, is_filtered=is_filtered),
        "here": request.GET.urlencode(),
    }
    return render(request, "classifier/history.html", context)


@require_POST
@login_required
def selected(request: HttpRequest) -> HttpResponseBase:
    """Exports the selected predictions, or deletes them after a question; then the page is shown where it was."""
    back, keys = target_of(request, default="history"), _keys(request.POST.getlist("ids"))
    own = Prediction.objects.filter(owner_id=request.user.pk, pk__in=keys)
    if not own.exists():
        messages.error(request, gettext("Select some photos first."))
        return redirect(back)
    if request.POST.get("action") == "export":
        return _export(request, keys, back)
    if "confirmed" not in request.POST:
        context = {"predictions": own[:MOST_AT_ONCE], "ids": ",".join(map(str, keys)), "next": back}
        return render(request, "classifier/delete_selected.html", context)
    count = deletion.delete_own(request.user.pk or 0, keys)
    text = ngettext(
        "{count} prediction and its photo are deleted.", "{count} predictions and their photos are deleted.", count
    )
    messages.success(request, text.format(count=with_separators(count)))
    return redirect(back)


def _export(request: HttpRequest, keys: list[UUID], back: str) -> HttpResponseBase:
    try:
        return export_selected(request.user, keys)
    except (RetryableError, StorageFullError):
        raise  # becomes a page
    except ClassifierError as error:
        messages.error(request, told(error))
        return redirect(back)


def _keys(sent: Iterable[str]) -> list[UUID]:
    """The ids of a form: one in each field, or many in one with commas. What is no id is left out."""
    keys = []
    for text in ",".join(sent).split(",")[:MOST_AT_ONCE]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys
