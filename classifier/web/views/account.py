"""A person's account: devices, password, export, and its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from classifier.accounts import sign_in
from classifier.accounts.export import export_response
from classifier.conf import conf
from classifier.errors import AccountError, ThrottledError
from classifier.models import StorageUse
from classifier.web.forms import AccountDeletionForm, PasswordChangeForm


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Shows the account; a POST changes its password."""
    form = PasswordChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _change_password(request, form):
        messages.success(request, "Your password is changed. Every other device is signed out.")
        return redirect("account")
    use = StorageUse.objects.filter(owner_id=request.user.pk).first()
    given = {
        "form": form,
        "devices": sign_in.devices(request.user),
        "photos": use.photos if use else 0,
        "bytes_used": use.byte_size if use else 0,
        "bytes_share": min(1.0, (use.byte_size if use else 0) / max(1, conf.max_bytes_per_user)),
        "max_bytes": conf.max_bytes_per_user,
    }
    return render(request, "classifier/account.html", given)


@require_POST
@login_required
def revoke_device(request: HttpRequest, key: UUID) -> HttpResponse:
    if not sign_in.revoke(request.user, key):
        raise Http404
    messages.success(request, "The device is signed out.")
    return redirect("account")


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    sign_in.sign_out_everywhere(request.user, session_key=request.session.session_key or "")
    messages.success(request, "Every other device and browser is signed out.")
    return redirect("account")


@require_POST
@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    return export_response(request.user)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_account(request: HttpRequest) -> HttpResponse:
    form = AccountDeletionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _delete_account(request, form):
        messages.success(request, "Your account is deleted, with every photo and prediction.")
        return redirect("home")
    return render(request, "classifier/delete_account.html", {"form": form})


def _change_password(request: HttpRequest, form: PasswordChangeForm) -> bool:
    user: Any = request.user
    given = form.cleaned_data
    try:
        sign_in.change_password(
            user,
            current=given["current_password"],
            new=given["new_password"],
            session_key=request.session.session_key or "",
        )
    except ThrottledError:
        form.add_error("current_password", "Too many tries. Wait some minutes and try again.")
    except AccountError as error:
        form.add_error(error.attr, str(error))
    except ValidationError as error:
        form.add_error("new_password", error)
    else:
        update_session_auth_hash(request, user)
        return True
    return False


def _delete_account(request: HttpRequest, form: AccountDeletionForm) -> bool:
    try:
        user = sign_in.check_password(
            request, username=request.user.get_username(), password=form.cleaned_data["password"]
        )
    except ThrottledError:
        form.add_error("password", "Too many tries. Wait some minutes and try again.")
    except AccountError:
        form.add_error("password", "This is not your password.")
    else:
        logout(request)
        sign_in.delete_account(user)
        return True
    return False
