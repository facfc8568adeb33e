"""Who may sign in: passwords checked and set."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from classifier.accounts import audit, devices, sign_in_limits
from classifier.accounts.addresses import counted_address
from classifier.accounts.guesses import Limit, told
from classifier.accounts.passwords import check_strength
from classifier.errors import WrongCredentialsError, WrongPasswordError
from classifier.models import DeviceToken, PasswordResetCode


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A device that is signed in; `token` is shown this once and kept nowhere."""

    device: DeviceToken
    token: str


def check_password(request: HttpRequest, *, username: str, password: str) -> User:
    """The user with this name and password; does the same work for names that nobody has.

    Raises WrongCredentialsError, which counts, ThrottledError, or PasswordsBusyError, which does not.
    """
    address = counted_address(request)
    known = sign_in_limits.is_known(username, address)
    limits = sign_in_limits.limits_of(username, address, is_known=known)
    with audit.throttling_told("sign_in_throttled", request, username):
        user = told(limits, lambda: authenticate(request, username=username, password=password))
    if not isinstance(user, User):
        audit.warn("sign_in_failed", request, username)
        raise WrongCredentialsError
    audit.note("password_accepted", request, username, is_known_address=known)
    return user


def sign_in(user: User, *, device_name: str = "", request: HttpRequest | None = None) -> SignedIn:
    """A new token for a device; the log has it if a request asked for it."""
    signed_in = SignedIn(*devices.make_token(user, device_name))
    if request is not None:
        sign_in_limits.remember(user, user.get_username(), counted_address(request))
        audit.note("signed_in", request, user.get_username(), kind="token")
    return signed_in


def change_password(request: HttpRequest, *, current: str, new: str) -> None:
    """Sets a new password of the account that is signed in, and signs every other device out.

    Raises WrongPasswordError, ThrottledError, PasswordsBusyError, or Django's ValidationError about `new_password`.
    """
    user: Any = request.user
    confirm_password(request, current)
    check_strength(new, user, field="new_password")
    set_password(user, new, except_for=devices.current_key(request))
    if devices.is_browser(request):
        update_session_auth_hash(request, user)
    audit.note("password_changed", request, user.get_username())


def change_email(request: HttpRequest, *, email: str, password: str) -> None:
    """Sets another mail address, or none, of the account that is signed in; codes that went to the old one end.

    Raises WrongPasswordError, ThrottledError, PasswordsBusyError.
    """
    confirm_password(request, password, field="password")
    user: Any = request.user
    with transaction.atomic():
        user.email = User.objects.normalize_email(email)
        user.save(update_fields=["email"])
        PasswordResetCode.objects.filter(user=user).delete()
    audit.note("email_changed", request, user.get_username())


def confirm_password(request: HttpRequest, password: str, *, field: str = WrongPasswordError.attr) -> None:
    """Checks that it is the account's owner who is signed in; `field` is what the request calls the password.

    Raises WrongPasswordError, ThrottledError, PasswordsBusyError.
    """
    user: Any = request.user
    limits, name = [Limit(sign_in_limits.confirmations, str(user.pk))], user.get_username()
    with audit.throttling_told("password_confirmation_throttled", request, name):
        is_right = told(limits, lambda: user.check_password(password) or None)
    if not is_right:
        audit.warn("password_confirmation_failed", request, name)
        raise WrongPasswordError(field)


def set_password(user: User, new: str, *, except_for: str = "") -> None:
    user.set_password(new)  # before the transaction: others could write nothing while it is hashed
    save_password(user, except_for=except_for)


def save_password(user: User, *, except_for: str = "") -> None:
    """Stores the password that was set, which signs every device out but for the one with this primary key."""
    token = devices.kept.set(except_for)
    try:
        with transaction.atomic():
            user.save(update_fields=["password"])
    finally:
        devices.kept.reset(token)
