"""The page of the second factor: set it up, see the codes to recover with, turn it off."""

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from classifier.accounts import devices, sign_in
from classifier.accounts import second_factor as factor
from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.web.forms import FirstCodeForm, SecondFactorForm, SecondFactorRemovalForm, add_error
from classifier.web.qr_codes import drawing_of

_BEGUN = "second_factor_begun"
LASTS_S = 600
"""How long the key is shown to the browser that gave the password."""


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """What it shows depends on how far its owner is; the password is asked for first."""
    user: Any = request.user
    if factor.is_set_up(user):
        return _set_up(request, user)
    if factor.begun(user) and time.time() - request.session.get(_BEGUN, 0) < LASTS_S:
        return _begun(request, user)
    return _off(request, user)


def _off(request: HttpRequest, user: Any) -> HttpResponse:
    form, status = SecondFactorForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            sign_in.confirm_password(request, form.cleaned_data["current_password"])
            factor.begin(user)
            request.session[_BEGUN] = time.time()
            return redirect("second-factor")
        except ClassifierError as error:
            status = add_error(form, error)
    is_needed = user.is_staff and conf.second_factor_for_staff
    return _page(request, "off", form, status, is_needed=is_needed)


def _begun(request: HttpRequest, user: Any) -> HttpResponse:
    form, status = FirstCodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            codes = factor.confirm(user, form.cleaned_data["code"])
            del request.session[_BEGUN]
            devices.sign_out_everywhere(user, except_for=devices.current_key(request))
            return _page(request, "codes", None, status, codes=codes)
        except ClassifierError as error:
            status = add_error(form, error)
    device: Any = factor.begun(user)
    drawing = drawing_of(device.config_url)
    return _page(request, "begun", form, status, drawing=drawing, address=device.config_url, key=factor.key_of(device))


def _set_up(request: HttpRequest, user: Any) -> HttpResponse:
    form, status = SecondFactorRemovalForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            sign_in.confirm_password(request, form.cleaned_data["current_password"])
            factor.check(user, form.cleaned_data["code"])
            factor.remove(user)
            messages.success(request, gettext("The second factor is off."))
            return redirect("account")
        except ClassifierError as error:
            status = add_error(form, error)
    return _page(request, "on", form, status, codes_left=factor.recovery_codes_left(user))


def _page(request: HttpRequest, state: str, form: Any, status: int, **context: Any) -> HttpResponse:
    return render(request, "classifier/second_factor.html", {"state": state, "form": form, **context}, status=status)
