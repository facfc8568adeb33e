"""What speaks for a label of a prediction, in the admin."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from classifier.admin.base import ReadOnlyAdmin
from classifier.errors import NotExplainableError, UnknownLabelError
from classifier.models import Prediction
from classifier.predictions import explanation
from classifier.predictions.intake import Sender


def why(request: HttpRequest, key: UUID, predictions_admin: ReadOnlyAdmin) -> HttpResponse:
    """The page, for those who may see predictions. Raises PermissionDenied."""
    if not predictions_admin.has_view_permission(request):
        raise PermissionDenied
    prediction = get_object_or_404(Prediction.objects.select_related("model_version"), pk=key)
    context = {
        **predictions_admin.admin_site.each_context(request),
        "title": "Which parts of the photo speak for a label",
        "opts": predictions_admin.opts,
        "media": predictions_admin.media,
        "prediction": prediction,
    }
    asked = {name: request.GET.get(name, "") for name in ("wnid", "label")}
    try:
        context["found"] = explanation.explain(prediction, sender=Sender.of(request), **asked)
    except FileNotFoundError as error:
        raise Http404 from error
    except (NotExplainableError, UnknownLabelError) as error:
        context["problem"] = error
        return TemplateResponse(request, "classifier/admin_why.html", context, status=error.status)
    return TemplateResponse(request, "classifier/admin_why.html", context)
