"""Accounts and the devices signed in to them: in, out, passwords, and the end of it all."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from classifier.accounts import audit, sign_in_limits
from classifier.accounts.addresses import counted_address
from classifier.accounts.guesses import Limit, told
from classifier.accounts.passwords import check_strength
from classifier.accounts.sessions import hashed
from classifier.conf import conf
from classifier.errors import WrongCredentialsError, WrongPasswordError
from classifier.models import BrowserSession, DeviceToken, KnownAddress

USE_NOTED_EVERY = timedelta(minutes=5)
"""A token's last use is exact to this; writing it down on every request would make each of them a write."""


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
    sign_in_limits.remember(user, username, address)
    audit.note("signed_in", request, username, is_known_address=known)
    return user


def sign_in(user: User, *, device_name: str = "") -> SignedIn:
    """A new token for a device; deletes the account's expired ones."""
    DeviceToken.objects.filter(user=user, expiry__lt=timezone.now()).delete()
    device, token = DeviceToken.objects.create(user, expiry=token_ttl(), device_name=device_name)
    return SignedIn(device, token)


def note_use(device: DeviceToken) -> None:
    """Moves the expiry on: a token lives for `token_ttl_days` after its last use."""
    now = timezone.now()
    if device.last_used_at is None or now - device.last_used_at > USE_NOTED_EVERY:
        device.last_used_at, device.expiry = now, now + token_ttl()
        device.save(update_fields=["last_used_at", "expiry"])


def token_ttl() -> timedelta:
    return timedelta(days=conf.token_ttl_days)


def devices(user: User | Any) -> "QuerySet[DeviceToken]":
    """The devices signed in, newest first."""
    signed_in: QuerySet[DeviceToken] = DeviceToken.objects.filter(user=user, expiry__gte=timezone.now())
    return signed_in.order_by("-created", "id")


def revoke(user: User | Any, device_id: object) -> bool:
    """Signs one device out; whether there was such a device of this account."""
    return bool(DeviceToken.objects.filter(user=user, id=device_id).delete()[0])


def sign_out_everywhere(user: User | Any, *, except_for: DeviceToken | None = None, session_key: str = "") -> None:
    """Ends all tokens and browser sessions of the account, but for the device or session that asks.

    Its addresses are new to it again, so that whoever had signed in from one gains nothing by it.
    """
    tokens = DeviceToken.objects.filter(user=user)
    (tokens.exclude(pk=except_for.pk) if except_for else tokens).delete()
    BrowserSession.objects.filter(user=user).exclude(session_key=hashed(session_key)).delete()
    KnownAddress.objects.filter(user=user).delete()


def change_password(
    request: HttpRequest, *, current: str, new: str, device: DeviceToken | None = None, session_key: str = ""
) -> None:
    """Sets a new password of the account that is signed in, and signs every other device out.

    Raises WrongPasswordError, ThrottledError, PasswordsBusyError, or Django's ValidationError about `new_password`.
    """
    user: Any = request.user
    confirm_password(request, current)
    check_strength(new, user, field="new_password")
    set_password(user, new, device=device, session_key=session_key)
    audit.note("password_changed", request, user.get_username())


def confirm_password(request: HttpRequest, password: str) -> None:
    """Checks that it is the account's owner who is signed in.

    Raises WrongPasswordError, ThrottledError, PasswordsBusyError.
    """
    user: Any = request.user
    limits, name = [Limit(sign_in_limits.confirmations, str(user.pk))], user.get_username()
    with audit.throttling_told("password_confirmation_throttled", request, name):
        is_right = told(limits, lambda: user.check_password(password) or None)
    if not is_right:
        audit.warn("password_confirmation_failed", request, name)
        raise WrongPasswordError


def set_password(user: User, new: str, *, device: DeviceToken | None = None, session_key: str = "") -> None:
    user.set_password(new)  # before the transaction: others could write nothing while it is hashed
    save_password(user, device=device, session_key=session_key)


def save_password(user: User, *, device: DeviceToken | None = None, session_key: str = "") -> None:
    """Stores the password that was set, and signs every other device out."""
    with transaction.atomic():
        user.save(update_fields=["password"])
        sign_out_everywhere(user, except_for=device, session_key=session_key)


def delete_account(user: User | Any) -> None:
    """Deletes a user with every trace: tokens, sessions, predictions and photos."""
    with transaction.atomic():
        sign_out_everywhere(user)
        user.delete()
