"""The admin: predictions, model versions and signed-in devices, for staff."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from classifier.admin import devices, model_versions, people, predictions

__all__ = ["devices", "model_versions", "people", "predictions"]


def sign_in(request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
    """Redirects to the sign-in page, which limits failed attempts."""
    destination = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('sign-in')}?{urlencode({'next': destination})}")


admin.site.site_header = "Image classifier"
admin.site.site_title = "Image classifier"
admin.site.index_title = "Predictions, models and accounts"
admin.site.index_template = "classifier/admin_index.html"
admin.site.login = sign_in  # type: ignore[method-assign]
