"""The account page: devices, password, export and deletion."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from classifier.accounts import deletion, devices, pairing, second_factor, sign_in
from classifier.accounts.export import export_response
from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.models import StorageUse
from classifier.templatetags.words import told
from classifier.web.forms import AccountDeletionForm, PasswordChangeForm, add_error
from classifier.web.qr_codes import drawing_of


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Shows the account; a POST changes its password."""
    form, status = PasswordChangeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            fields = form.cleaned_data
            sign_in.change_password(request, current=fields["current_password"], new=fields["new_password"])
            messages.success(request, gettext("Your password is changed. Every other device is signed out."))
            return redirect(f"{reverse('account')}#content")  # without it, a browser keeps the form's #password
        except (ClassifierError, ValidationError) as error:
            status = add_error(form, error)
    return render(request, "classifier/account.html", _account_context(request, form), status=status)


@require_POST
@login_required
def revoke_device(request: HttpRequest, key: UUID) -> HttpResponse:
    if not devices.revoke(request, key):
        raise Http404
    messages.success(request, gettext("The device is signed out."))
    return redirect("account")


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    devices.sign_out_others(request)
    messages.success(request, gettext("Every other device and browser is signed out."))
    return redirect("account")


@require_POST
@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    try:
        return export_response(request.user)
    except ClassifierError as error:
        messages.error(request, told(error))
        return redirect("account")


@sensitive_post_parameters("current_password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_account(request: HttpRequest) -> HttpResponse:
    form, status = AccountDeletionForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            _delete_account(request, form)
            messages.success(
                request, gettext("Your account is deleted. Its photos and predictions are being removed now.")
            )
            return redirect("home")
        except ClassifierError as error:
            status = add_error(form, error)
    return render(request, "classifier/delete_account.html", {"form": form}, status=status)


def _account_context(request: HttpRequest, form: PasswordChangeForm) -> dict[str, Any]:
    user: Any = request.user
    use = StorageUse.objects.filter(owner_id=request.user.pk).first()
    code = pairing.latest(request)
    return {
        "form": form,
        "pairing": code,
        "drawing": drawing_of(code.url) if code and not code.used_at else "",
        "devices": devices.devices(request),
        "photos": use.photos if use else 0,
        "bytes_used": use.byte_size if use else 0,
        "bytes_share": min(1.0, (use.byte_size if use else 0) / max(1, conf.max_bytes_per_user)),
        "max_bytes": conf.max_bytes_per_user,
        "has_second_factor": second_factor.is_set_up(user),
    }


def _delete_account(request: HttpRequest, form: AccountDeletionForm) -> None:
    """Raises ThrottledError or AccountError."""
    user = request.user
    sign_in.confirm_password(request, form.cleaned_data["current_password"])
    logout(request)
    deletion.request_deletion(user)
