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

from classifier.accounts import throttles
from classifier.accounts.addresses import client_address
from classifier.accounts.passwords import check_strength
from classifier.accounts.sessions import hashed
from classifier.conf import conf
from classifier.errors import PasswordsBusyError, WrongCredentialsError, WrongPasswordError
from classifier.models import BrowserSession, DeviceToken

USE_NOTED_EVERY = timedelta(minutes=5)
"""A token's last use is exact to this; writing it down on every request would make each of them a write."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A device that is signed in; `token` is shown this once and kept nowhere."""

    device: DeviceToken
    token: str


def check_password(request: HttpRequest, *, username: str, password: str) -> User:
    """The user with this name and password; takes as long for names that nobody has.

    Every try counts until it turns out right, so that any number at once gets no further than the limit.
    Raises WrongCredentialsError, ThrottledError or PasswordsBusyError.
    """
    name, address = _throttled_name(username), client_address(request)
    throttles.logins_of_name.hit(name)
    throttles.logins_from_address.hit(address)
    try:
        user = authenticate(request, username=username, password=password)
    except PasswordsBusyError:  # nobody has looked at the password
        _refund(name, address)
        raise
    if not isinstance(user, User):
        raise WrongCredentialsError
    _refund(name, address)
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
    """Ends all tokens and browser sessions of the account, but for the device or session that asks."""
    tokens = DeviceToken.objects.filter(user=user)
    (tokens.exclude(pk=except_for.pk) if except_for else tokens).delete()
    BrowserSession.objects.filter(user=user).exclude(session_key=hashed(session_key)).delete()


def change_password(
    user: User | Any, *, current: str, new: str, device: DeviceToken | None = None, session_key: str = ""
) -> None:
    """Sets a new password and signs every other device out.

    Raises WrongPasswordError, ThrottledError, PasswordsBusyError, or Django's ValidationError about `new_password`.
    """
    confirm_password(user, current)
    check_strength(new, user, field="new_password")
    set_password(user, new, device=device, session_key=session_key)


def confirm_password(user: User | Any, password: str) -> None:
    """Checks that it is the account's owner who asks.

    Raises WrongPasswordError, ThrottledError, PasswordsBusyError.
    """
    name = _throttled_name(user.get_username())
    throttles.logins_of_name.hit(name)
    try:
        is_right = user.check_password(password)
    except PasswordsBusyError:
        throttles.logins_of_name.refund(name)
        raise
    if not is_right:
        raise WrongPasswordError
    throttles.logins_of_name.refund(name)


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


def _throttled_name(username: str) -> str:
    return username.strip().lower()


def _refund(name: str, address: str) -> None:
    throttles.logins_of_name.refund(name)
    throttles.logins_from_address.refund(address)
