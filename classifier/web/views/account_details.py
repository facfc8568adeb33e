"""The pages on which an account's mail address and its user name are changed."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from classifier.accounts import names, sign_in
from classifier.errors import ClassifierError
from classifier.web.forms import EmailForm, UsernameForm, add_error


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_email(request: HttpRequest) -> HttpResponse:
    form = EmailForm(request.POST or None, initial={"email": getattr(request.user, "email", "")})
    return _changed(request, form, sign_in.change_email, title=gettext("Change your email address"))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_username(request: HttpRequest) -> HttpResponse:
    form = UsernameForm(request.POST or None)
    return _changed(request, form, names.change_username, title=gettext("Change your user name"))


def _changed(request: HttpRequest, form: forms.Form, change: Callable[..., None], *, title: str) -> HttpResponse:
    """Changes what the form says, or shows the page again with what is wrong."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change(request, **form.cleaned_data)
            messages.success(request, gettext("It is changed."))
            return redirect("account")
        except (ClassifierError, ValidationError) as error:
            status = add_error(form, error)
    return render(request, "classifier/change_account.html", {"form": form, "title": title}, status=status)
