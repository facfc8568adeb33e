"""The devices that are signed in to an account: apps and programs by their tokens, browsers by their sessions."""

from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from knox.crypto import hash_token
from knox.settings import CONSTANTS

from classifier.accounts import audit, sign_in_limits
from classifier.accounts.addresses import counted_address
from classifier.accounts.sessions import DEVICE_NAME, USE_NOTED_EVERY, hashed
from classifier.accounts.user_agents import browser_name
from classifier.conf import conf
from classifier.models import BrowserSession, DeviceToken, KnownAddress, PairingCode
from classifier.storage.rows import Columns

TOKENS, OWNERS = Columns(DeviceToken), Columns(User)
WITH_KEY = f"""
SELECT {TOKENS}, {OWNERS} FROM {DeviceToken._meta.db_table}
JOIN {User._meta.db_table} ON {User._meta.db_table}.id = user_id WHERE token_key = %s
"""  # noqa: S608  # the tables' names are ours and Django's
MOST_TOKENS = MOST_BROWSERS = 50
"""Of one account. At a further sign-in, the one that was not used for the longest time is signed out."""

kept: ContextVar[str] = ContextVar("kept", default="")
"""The primary key of the token or session that a new password leaves signed in: the one that sets it."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that is signed in; `kind` is "token" or "browser"."""

    id: UUID
    kind: str
    device_name: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime
    is_current: bool


def devices(request: HttpRequest) -> list[Device]:
    """Those of the account that is signed in, the newest sign-in first."""
    now, current = timezone.now(), current_key(request)
    tokens = DeviceToken.objects.filter(user=request.user.pk, expiry__gte=now)
    sessions = BrowserSession.objects.filter(user=request.user.pk, expire_date__gt=now)
    found = [
        Device(row.id, "token", row.device_name, row.created, row.last_used_at, _ends(row), row.pk == current)
        for row in tokens
        if _ends(row) >= now
    ]
    found += [
        Device(row.id, "browser", str(row), row.created_at, row.last_used_at, row.expire_date, row.pk == current)
        for row in sessions
    ]
    return sorted(found, key=lambda device: device.created_at, reverse=True)


def device_with(token: str) -> DeviceToken | None:
    """The device with this token, and its owner, if it is still good. Several may begin alike; the digest decides.

    Raises UnicodeError for what is no text.
    """
    if "\0" in token:  # PostgreSQL cannot be asked for that
        return None
    digest = hash_token(token)
    with connection.cursor() as cursor:
        cursor.execute(WITH_KEY, [token[: CONSTANTS.TOKEN_KEY_LENGTH]])
        rows = cursor.fetchall()
    for row in rows:
        device = TOKENS.instance(row[: len(TOKENS)])
        if compare_digest(digest, device.digest) and not is_expired(device):
            device.user = OWNERS.instance(row[len(TOKENS) :])
            return device
    return None


def current_key(request: HttpRequest) -> str:
    """The primary key of the token or the session that a request came with; nothing if it came with neither."""
    token = getattr(request, "auth", None)
    if isinstance(token, DeviceToken):
        return str(token.pk)
    return hashed(request.session.session_key) if request.session.session_key else ""


def is_browser(request: HttpRequest) -> bool:
    """Whether it is a session that says who is signed in, and no token."""
    return request.user.is_authenticated and not isinstance(getattr(request, "auth", None), DeviceToken)


def revoke(request: HttpRequest, device_id: UUID) -> bool:
    """Signs one device of the account out; whether there was one with this id."""
    tokens = DeviceToken.objects.filter(user=request.user.pk, id=device_id)
    sessions = BrowserSession.objects.filter(user=request.user.pk, id=device_id)
    is_found = bool(tokens.delete()[0] or sessions.delete()[0])
    if is_found:
        PairingCode.objects.filter(user=request.user.pk).delete()  # it may be the one that showed it
        audit.note("device_signed_out", request, request.user.get_username())
    return is_found


def sign_out(request: HttpRequest) -> None:
    """Ends the token or the session that the request came with."""
    audit.note("signed_out", request, request.user.get_username())
    if is_browser(request):
        logout(request)
    else:
        DeviceToken.objects.filter(pk=current_key(request)).delete()


def sign_out_others(request: HttpRequest) -> None:
    """Ends all tokens and browser sessions of the account but for the one that asks."""
    sign_out_everywhere(request.user, except_for=current_key(request))
    audit.note("signed_out_everywhere", request, request.user.get_username())


def sign_out_everywhere(user: User | Any, *, except_for: str = "") -> None:
    """Ends all tokens and browser sessions of the account, but for the one with this primary key.

    Its addresses are new to it again, so that whoever had signed in from one gains nothing by it. Its code for a phone
    goes first, so that a phone that uses it at this moment is signed out, too.
    """
    PairingCode.objects.filter(user=user).delete()
    DeviceToken.objects.filter(user=user).exclude(pk=except_for).delete()
    BrowserSession.objects.filter(user=user).exclude(pk=except_for).delete()
    KnownAddress.objects.filter(user=user).delete()


def make_token(user: User, device_name: str) -> tuple[DeviceToken, str]:
    """A token's row and the token itself, for a device that was not signed in; makes room for it."""
    DeviceToken.objects.filter(user=user, expiry__lt=timezone.now()).delete()
    device, token = DeviceToken.objects.create(user, expiry=min(_ttl(), _max_age()), device_name=device_name)
    by_use = DeviceToken.objects.filter(user=user).order_by(Coalesce("last_used_at", "created").desc(), "-created")
    _end_beyond(by_use, MOST_TOKENS)
    return device, token


def connect() -> None:
    """Whoever signs in with a browser, at whichever page, gets a name in the list of devices and a place in it."""
    user_logged_in.connect(take_browser_in, dispatch_uid="take_browser_in")


def take_browser_in(request: HttpRequest, user: User, **_: Any) -> None:
    request.session[DEVICE_NAME] = browser_name(request.META.get("HTTP_USER_AGENT", ""))
    _end_beyond(BrowserSession.objects.filter(user=user).order_by("-last_used_at"), MOST_BROWSERS - 1)
    sign_in_limits.remember(user, user.get_username(), counted_address(request))
    audit.note("signed_in", request, user.get_username(), kind="browser")


def note_use(device: DeviceToken) -> None:
    """Moves the expiry on: a token lives for `token_ttl_days` after its last use, but at most `token_max_age_days`."""
    now = timezone.now()
    if device.last_used_at is None or now - device.last_used_at > USE_NOTED_EVERY:
        expiry = min(now + _ttl(), device.created + _max_age())
        with suppress(DatabaseError):  # whoever is signed in may read on a disk that takes no more
            DeviceToken.objects.filter(pk=device.pk).update(last_used_at=now, expiry=expiry)


def is_expired(device: DeviceToken) -> bool:
    return _ends(device) < timezone.now()


def _ends(device: DeviceToken) -> datetime:
    """What the row says, or earlier, if the setting is shorter now."""
    last: datetime = device.created + _max_age()
    return min(device.expiry, last) if device.expiry else last


def _end_beyond(rows: "QuerySet[Any]", most: int) -> None:
    surplus = list(rows.values_list("pk", flat=True)[most:])
    if surplus:
        rows.model.objects.filter(pk__in=surplus).delete()


def _ttl() -> timedelta:
    return timedelta(days=conf.token_ttl_days)


def _max_age() -> timedelta:
    return timedelta(days=conf.token_max_age_days)
