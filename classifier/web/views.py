"""The browser pages: what a person sees who opens the server's address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from classifier import model_versions
from classifier.inference import instance


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    service = instance.current()
    return render(
        request,
        "classifier/home.html",
        {"serving": service and service.manifest, "active": model_versions.active()},
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it at the root, also on pages that name no icon."""
    return redirect(static("classifier/favicon.svg"))
