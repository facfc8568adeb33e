"""The page that shows which parts of a photo speak for a label."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from classifier.errors import NotExplainableError, UnknownLabelError
from classifier.models import Prediction
from classifier.predictions import explanation
from classifier.predictions.intake import Sender


@require_safe
@login_required
def why(request: HttpRequest, key: UUID) -> HttpResponse:
    """For the label that the query names by `wnid` or `label`, or for the best one."""
    own = Prediction.objects.filter(owner_id=request.user.pk).select_related("model_version")
    prediction = get_object_or_404(own, pk=key)
    asked = {name: request.GET.get(name, "") for name in ("wnid", "label")}
    try:
        found = explanation.explain(prediction, sender=Sender.of(request), **asked)
    except FileNotFoundError as error:
        raise Http404 from error
    except (NotExplainableError, UnknownLabelError) as error:
        context = {"prediction": prediction, "problem": error}
        return render(request, "classifier/why.html", context, status=error.status)
    return render(request, "classifier/why.html", {"prediction": prediction, "found": found})
