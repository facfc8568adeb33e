"""What a person says of a prediction, on its page: right, wrong, what it is instead, and the labels to choose from."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from classifier.errors import ClassifierError
from classifier.feedback import corrections
from classifier.models import Prediction
from classifier.templatetags.words import told
from classifier.web.forms import CorrectionForm


@require_POST
@login_required
def feedback(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stores what was said, or takes it back, and shows the page again: from its top, where it says why not."""
    prediction, form = _own(request, key), CorrectionForm(request.POST)
    page = reverse("prediction-page", args=[key])
    if "undo" in request.POST:
        corrections.withdraw(prediction)
        messages.success(request, gettext("It is taken back."))
        page = f"{page}#feedback"
    elif not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    else:
        try:
            if corrections.give(prediction, form.correction(), by=request.user) is None:
                raise Http404
            messages.success(request, gettext("Thank you. The model can learn from it."))
            page = f"{page}#feedback"
        except ClassifierError as error:
            messages.error(request, told(error))
    return redirect(page)


@require_safe
@login_required
def labels(request: HttpRequest, key: UUID) -> HttpResponse:
    """The labels with a text in them as an HTML fragment, which the prediction's page shows while a person types."""
    text = searched(request)
    context = {"prediction": _own(request, key), "text": text, "labels": corrections.suggestions(text, by=request.user)}
    return render(request, "classifier/_labels.html", context)


def searched(request: HttpRequest) -> str:
    """The text that labels are looked for with."""
    return " ".join(request.GET.get("it_is", "").split())[:200]


def _own(request: HttpRequest, key: UUID) -> Prediction:
    return get_object_or_404(Prediction, pk=key, owner_id=request.user.pk)
