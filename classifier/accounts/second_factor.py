"""Second factors: a code from an app on a phone, which passwords alone do not have, and codes to recover with."""

import math
import re
import secrets
from base64 import b32encode

import structlog
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from classifier.conf import conf
from classifier.errors import SecondFactorRequiredError, ThrottledError, WrongSecondFactorError

RECOVERY_CODES = 10
RECOVERY_CODE_BYTES = 15
"""120 bits, so that a plain keyed digest of a code is as good as a slow one."""
DIGEST_BYTES = 10
"""What fits into the column: 80 bits, as 16 letters."""
_BY_APP = re.compile(r"\d{6}")
logger = structlog.get_logger("classifier.accounts")


def is_set_up(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def may_act_as_staff(user: User | AnonymousUser) -> bool:
    """Whether an account is staff and, where staff need a second factor, has one."""
    if isinstance(user, AnonymousUser) or not (user.is_active and user.is_staff):
        return False
    return not conf.second_factor_for_staff or is_set_up(user)


def check(user: User, code: str) -> None:
    """Checks the code of an account that needs one; each is good once, and each wrong one doubles the wait.

    Raises SecondFactorRequiredError without a code, WrongSecondFactorError or ThrottledError.
    """
    if not is_set_up(user):
        return
    if not code.strip():
        raise SecondFactorRequiredError
    if not _is_right(user, re.sub(r"[\s-]", "", code).lower()):
        logger.warning("second_factor_failed", user=user.pk)
        raise WrongSecondFactorError


def begin(user: User) -> TOTPDevice:
    """A new key for an app, which counts for nothing until `confirm`."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def begun(user: User) -> TOTPDevice | None:
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device


def key_of(device: TOTPDevice) -> str:
    """The key, to be typed where no camera is: base32, in groups of four."""
    return " ".join(re.findall(".{1,4}", b32encode(device.bin_key).decode()))


def confirm(user: User, code: str) -> list[str]:
    """Turns the second factor on once the app's code is right; returns the codes to recover with, shown this once.

    Raises WrongSecondFactorError or ThrottledError.
    """
    device = begun(user)
    if device is None or not _verify(device, re.sub(r"\s", "", code)):
        raise WrongSecondFactorError
    codes = [secrets.token_hex(RECOVERY_CODE_BYTES) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        _remove(user, except_for=device)
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        recovery = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create(StaticToken(device=recovery, token=_digest(code)) for code in codes)
    logger.info("second_factor_set_up", user=user.pk)
    return ["-".join(re.findall(".{6}", code)) for code in codes]


def remove(user: User) -> bool:
    """Turns it off; whether it was on."""
    was_set_up = is_set_up(user)
    with transaction.atomic():
        _remove(user)
    if was_set_up:
        logger.warning("second_factor_removed", user=user.pk)
    return was_set_up


def recovery_codes_left(user: User) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())


def _is_right(user: User, code: str) -> bool:
    kind, token = (TOTPDevice, code) if _BY_APP.fullmatch(code) else (StaticDevice, _digest(code))
    device = kind.objects.filter(user=user, confirmed=True).first()
    return device is not None and _verify(device, token)


def _verify(device: TOTPDevice | StaticDevice, token: str) -> bool:
    """Counts a wrong one, in a transaction of its own, so that no two requests use one code. Raises ThrottledError."""
    with transaction.atomic():
        locked = type(device).objects.select_for_update().filter(pk=device.pk).first()
        if locked is None:
            return False
        is_allowed, why_not = locked.verify_is_allowed()
        is_verified = is_allowed and locked.verify_token(token)
    if not is_allowed:
        wait_s = (why_not["locked_until"] - timezone.now()).total_seconds()
        raise ThrottledError(retry_after_s=max(1, math.ceil(wait_s)))
    return bool(is_verified)


def _remove(user: User, *, except_for: TOTPDevice | None = None) -> None:
    TOTPDevice.objects.filter(user=user).exclude(pk=except_for.pk if except_for else None).delete()
    StaticDevice.objects.filter(user=user).delete()


def _digest(code: str) -> str:
    digest = salted_hmac("recovery code", code, algorithm="sha256").digest()
    return b32encode(digest[:DIGEST_BYTES]).decode().lower()
