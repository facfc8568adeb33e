"""Pages to sign in, sign out, register and reset a forgotten password."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from classifier.accounts import demo, half_way, password_reset, registration, second_factor
from classifier.accounts.sign_in import check_password
from classifier.conf import conf
from classifier.errors import ClassifierError, NoMailError, RegistrationClosedError
from classifier.web.forms import (
    CodeForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    RegistrationForm,
    SignInForm,
    add_error,
)
from classifier.web.returning import target_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
_ASKED_FOR = "new_password_for"
"""Where a session has the mail address that was typed a page before."""


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            user = check_password(request, **form.cleaned_data)
            if second_factor.is_set_up(user):
                half_way.remember(request, user)
                return redirect(f"{reverse('sign-in-code')}?{urlencode({'next': _next(request)})}")
            login(request, user, backend=BACKEND)
            return redirect(_next(request))
        except ClassifierError as error:
            status = add_error(form, error)
    context = {**entry(form), "next": _next(request)}
    return render(request, "classifier/sign_in.html", context, status=status)


def entry(form: SignInForm) -> dict[str, Any]:
    """What every page has from which one signs in."""
    return {"form": form, "registration_open": conf.registration_open, "demo": demo.offered()}


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in, for whoever's password was right a moment ago."""
    user = half_way.user_of(request)
    if user is None:
        return redirect("sign-in")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.check(user, form.cleaned_data["code"])
            login(request, user, backend=BACKEND)
            return redirect(_next(request))
        except ClassifierError as error:
            status = add_error(form, error)
    return render(request, "classifier/sign_in_code.html", {"form": form, "next": _next(request)}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The browser forgets what waits in it to be sent, too: the next one at it may be somebody else."""
    logout(request)
    response = redirect("home")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    try:
        registration.check_open()
    except RegistrationClosedError as error:
        return render(request, "classifier/sign_up.html", {"closed": error}, status=403)
    form, status = RegistrationForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            login(request, registration.register(request, **form.cleaned_data), backend=BACKEND)
            return redirect("home")
        except (ClassifierError, ValidationError) as error:
            status = add_error(form, error)
    return render(request, "classifier/sign_up.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request: HttpRequest) -> HttpResponse:
    try:
        password_reset.check_mail_is_sent()
    except NoMailError as error:
        return render(request, "classifier/forgotten_password.html", {"closed": error}, status=403)
    form, status = ForgottenPasswordForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            password_reset.request_reset(request, email=form.cleaned_data["email"])
            messages.success(request, gettext("If an account has this address, a code was sent to it."))
            request.session[_ASKED_FOR] = form.cleaned_data["email"]
            return redirect("new-password")
        except ClassifierError as error:
            status = add_error(form, error)
    return render(request, "classifier/forgotten_password.html", {"form": form}, status=status)


@sensitive_post_parameters("new_password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    asked_for = {"email": request.session.get(_ASKED_FOR, "")}
    form, status = NewPasswordForm(request.POST or None, initial=asked_for), 200
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        try:
            password_reset.reset_password(
                request, email=fields["email"], code=fields["code"], new=fields["new_password"]
            )
            request.session.pop(_ASKED_FOR, None)
            messages.success(request, gettext("Your password is changed. Sign in with the new one."))
            return redirect("sign-in")
        except (ClassifierError, ValidationError) as error:
            status = add_error(form, error)
    return render(request, "classifier/new_password.html", {"form": form}, status=status)


def _next(request: HttpRequest) -> str:
    """The page to open after signing in."""
    return target_of(request, default="home")
