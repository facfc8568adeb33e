"""The start page: photos are classified here; visitors who are not signed in see what the site is for."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classifier.conf import conf
from classifier.errors import ClassifierError, ThrottledError, UploadTooLargeError
from classifier.inference import instance
from classifier.model_registry import versions
from classifier.models import Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.templatetags.words import told
from classifier.web import script_texts
from classifier.web.forms import SignInForm
from classifier.web.samples import SAMPLES
from classifier.web.views.access import entry

ACCEPTED = ".jpg,.jpeg,.png,.webp,.heic,.heif,.avif,image/jpeg,image/png,image/webp,image/heic,image/avif"
SCRIPTS = [
    f"classifier/{name}.js"
    for name in ("texts", "sha256", "photo_store", "photo_files", "photo_upload", "photo_card", "classify")
]
"""What the page with JavaScript consists of, in the order in which it is run."""


@csrf_exempt  # checked below, where an upload that is too large is answered with a page
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    try:
        return _csrf_protected_home(request)
    except (UploadTooLargeError, RequestDataTooBig):
        problem = gettext("All photos together may have {megabytes} MB. Send fewer or smaller ones.")
        megabytes = conf.max_upload_bytes // 1024**2
        return _classify_page(request, [problem.format(megabytes=megabytes)], status=413)
    except SuspiciousOperation:
        return _classify_page(request, [gettext("Too many photos at once. Send at most five.")], status=400)


@csrf_protect
def _csrf_protected_home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return _welcome(request) if request.method != "POST" else redirect("sign-in")
    if request.method != "POST":
        return _classify_page(request, [])
    return _classify(request, request.FILES.getlist("image"))


@require_POST
@login_required
def try_sample(request: HttpRequest) -> HttpResponse:
    """One of the pictures that the page offers, as if it had been chosen and sent."""
    sample = SAMPLES.get(request.POST.get("sample", ""))
    return _classify(request, [sample.as_upload()] if sample else [])


def _welcome(request: HttpRequest) -> HttpResponse:
    return render(request, "classifier/welcome.html", {**_model_status(), **entry(SignInForm())})


def _classify_page(request: HttpRequest, problems: list[str], status: int = 200) -> HttpResponse:
    context = {
        **_model_status(),
        "accepted": ACCEPTED,
        "max_upload_bytes": conf.max_upload_bytes,
        "problems": problems,
        "samples": [] if _has_photos(request) else SAMPLES.values(),
        "scripts": SCRIPTS,
        "texts": json.dumps(script_texts.texts()),
        "reasons": json.dumps(script_texts.reasons()),
    }
    return render(request, "classifier/classify.html", context, status=status)


def _classify(request: HttpRequest, uploads: "Sequence[UploadedFile[bytes]]") -> HttpResponse:
    """Without JavaScript: one photo leads to its page, several to the history, an error back to the form."""
    stored: list[Prediction] = []
    problems: list[str] = []
    status = 400
    for upload in uploads:
        try:
            stored.append(services.classify_upload(sender=Sender.of(request), upload=upload).prediction)
        except ClassifierError as error:
            problems.append(f"{upload.name}: {told(error)}")
            status = _status_of(error)
    if problems and stored:
        text = ngettext(
            "{count} photo is classified and in your history.",
            "{count} photos are classified and in your history.",
            len(stored),
        )
        messages.success(request, text.format(count=len(stored)))
    if problems or not stored:
        return _classify_page(request, problems or [gettext("Choose a photo first.")], status=status)
    return redirect("prediction-page", stored[0].pk) if len(stored) == 1 else redirect("history")


def _has_photos(request: HttpRequest) -> bool:
    return Prediction.objects.filter(owner_id=request.user.pk).exists()


def _status_of(error: ClassifierError) -> int:
    if isinstance(error, ThrottledError):
        return 429
    return error.status if error.status > ClassifierError.status else 400


def _model_status() -> dict[str, Any]:
    service = instance.current()
    return {"serving": service and service.manifest, "active": versions.active()}


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers request it at the root, even if a page names no icon."""
    return redirect(static("classifier/favicon.svg"))
