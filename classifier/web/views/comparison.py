"""The page that shows what another model says of a photo, beside its prediction."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from classifier.accounts import second_factor
from classifier.errors import ClassifierError
from classifier.models import Prediction
from classifier.predictions import photo_comparison
from classifier.predictions.intake import Sender
from classifier.web.forms import OtherModelForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compare(request: HttpRequest, key: UUID) -> HttpResponse:
    """For the owner of a photo and for staff; asking loads a model, so that a link alone asks nothing."""
    rows = Prediction.objects.select_related("model_version")
    if not second_factor.may_act_as_staff(request.user):
        rows = rows.filter(owner_id=request.user.pk)
    prediction = get_object_or_404(rows, pk=key)
    form = OtherModelForm(request.POST or None, models=photo_comparison.other_models(prediction))
    kept = photo_comparison.kept_answer(prediction)
    context = {"prediction": prediction, "form": form, "kept": kept, "is_own": prediction.owner_id == request.user.pk}
    status = 200
    if form.is_valid():
        try:
            other = photo_comparison.ask(form.cleaned_data["model"], prediction, sender=Sender.of(request))
            context |= {"other": other, "agree": other.agrees_with(kept)}
        except ClassifierError as error:
            context["problem"], status = error, error.status
    return render(request, "classifier/compare.html", context, status=status)
