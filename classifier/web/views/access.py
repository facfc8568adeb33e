"""In and out: signing in and out, registering, and a password that was forgotten."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from classifier.accounts import password_reset, throttles
from classifier.accounts.sign_in import check_password
from classifier.conf import conf
from classifier.errors import AccountError, ThrottledError
from classifier.web.forms import ForgottenPasswordForm, NewPasswordForm, RegistrationForm, SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            login(request, check_password(request, **form.cleaned_data), backend=BACKEND)
            return redirect(_next(request))
        except ThrottledError as error:
            form.add_error(None, f"Too many tries. Wait {_minutes(error.retry_after_s)} and try again.")
            status = 429
        except AccountError as error:
            form.add_error(None, str(error))
    given = {"form": form, "next": _next(request), "registration_open": conf.registration_open}
    return render(request, "classifier/sign_in.html", given, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("home")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    if not conf.registration_open:
        return render(request, "classifier/sign_up.html", {"form": None}, status=403)
    form = RegistrationForm(request.POST or None)
    if request.method == "POST":
        user = _registered(request, form)
        if user is not None:
            login(request, user, backend=BACKEND)
            return redirect("home")
    return render(request, "classifier/sign_up.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request: HttpRequest) -> HttpResponse:
    form = ForgottenPasswordForm(request.POST or None)
    if request.method == "POST" and settings.MAIL_IS_SENT and form.is_valid():
        try:
            password_reset.request_reset(request, email=form.cleaned_data["email"])
            messages.success(request, "If an account has this address, a code is on its way to it.")
            return redirect("new-password")
        except ThrottledError as error:
            form.add_error(None, f"Too many codes were asked for. Wait {_minutes(error.retry_after_s)}.")
    return render(request, "classifier/forgotten_password.html", {"form": form, "mail_is_sent": settings.MAIL_IS_SENT})


@never_cache
@sensitive_post_parameters("new_password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            password_reset.reset_password(email=given["email"], code=given["code"], new=given["new_password"])
            messages.success(request, "Your password is changed. Sign in with the new one.")
            return redirect("sign-in")
        except AccountError as error:
            form.add_error(error.attr, str(error))
        except ValidationError as error:
            form.add_error("new_password", error)
    return render(request, "classifier/new_password.html", {"form": form})


def _registered(request: HttpRequest, form: RegistrationForm) -> User | None:
    try:
        throttles.registrations.hit(throttles.client_address(request))
    except ThrottledError as error:
        form.is_valid()
        form.add_error(None, f"Too many accounts were made from here. Wait {_minutes(error.retry_after_s)}.")
        return None
    return form.create_user() if form.is_valid() else None


def _next(request: HttpRequest) -> str:
    """Where the person was on the way to; only pages of this server are believed."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url("home")


def _minutes(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"
