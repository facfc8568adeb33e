"""The admin's page of a model version's calibration."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from classifier.admin.base import ReadOnlyAdmin
from classifier.inference.scores.calibration import FEWEST
from classifier.models import ModelVersion
from classifier.predictions.calibration import figures_of, threshold_of


def calibration(request: HttpRequest, key: int, versions_admin: ReadOnlyAdmin) -> HttpResponse:
    """The page, for those who may see models; `?threshold=` is a percentage. Raises PermissionDenied."""
    if not versions_admin.has_view_permission(request):
        raise PermissionDenied
    version = get_object_or_404(ModelVersion, pk=key)
    asked = request.GET.get("threshold", "")
    percent = int(asked) if asked in map(str, range(101)) else round(threshold_of(version) * 100)
    context = {
        **versions_admin.admin_site.each_context(request),
        "title": f"Calibration of {version}",
        "opts": versions_admin.opts,
        "media": versions_admin.media,
        "version": version,
        "figures": figures_of(version, threshold=percent / 100),
        "percent": percent,
        "fewest": FEWEST,
    }
    return TemplateResponse(request, "classifier/admin_calibration.html", context)
