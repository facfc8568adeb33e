"""Codes that sign a phone in: shown by somebody who is signed in, scanned or typed, good once and for five minutes."""

import base64
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from classifier.accounts import audit, certificates, sign_in, sign_in_limits
from classifier.accounts.addresses import counted_address
from classifier.accounts.guesses import Limit, told
from classifier.accounts.sign_in import SignedIn
from classifier.errors import WrongPairingCodeError
from classifier.models import PairingCode

GOOD_FOR = timedelta(minutes=5)
CODE_LENGTH = 12
"""60 bits: whoever guesses from a million addresses while 10,000 codes are open finds one in 10,000 windows."""
_LIKE_LETTERS = str.maketrans("01", "OI")
"""Base32 has no digits 0 and 1: who types them has read a letter."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A code as its owner sees it; `url` is what the QR code says, `fingerprint` is empty where none is known.

    Once a phone has used the code, `used_at` says when, and `device_name` which.
    """

    code: str
    url: str
    fingerprint: str
    expires_at: datetime
    used_at: datetime | None
    device_name: str


def open_code(request: HttpRequest) -> Pairing:
    """A new code for the account that is signed in; the one before is good no more."""
    user: Any = request.user
    seed = secrets.token_hex(16)
    row = PairingCode(user=user, seed=seed, digest=_digest(_code_of(seed)), created_at=timezone.now())
    PairingCode.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["seed", "digest", "created_at", "used_at", "device_name"],
    )
    audit.note("pairing_code_shown", request, user.get_username())
    return _seen(request, row)


def latest(request: HttpRequest) -> Pairing | None:
    """The code of the account that is signed in, used or not; None once its five minutes are over."""
    row = PairingCode.objects.filter(user=request.user.pk, created_at__gt=_oldest()).first()
    return _seen(request, row) if row else None


def pair(request: HttpRequest, *, code: str, device_name: str) -> SignedIn:
    """Signs a phone in to the account that shows this code, which is used up by it.

    Raises WrongPairingCodeError, which counts, or ThrottledError.
    """
    address = counted_address(request)
    limits = [
        Limit(sign_in_limits.pairings_from_address, address),
        Limit(sign_in_limits.from_address, address, refuses=False),
    ]
    with audit.throttling_told("pairing_throttled", request, ""):
        row = told(limits, lambda: _matching(code))
    if row is None:
        audit.warn("pairing_failed", request, "")
        raise WrongPairingCodeError
    with transaction.atomic():
        unused = PairingCode.objects.filter(pk=row.pk, digest=row.digest, used_at=None)
        if not unused.update(used_at=timezone.now(), device_name=device_name):  # somebody was faster with the same code
            raise WrongPairingCodeError
        signed_in = sign_in.sign_in(row.user, device_name=device_name, request=request)
    audit.note("phone_paired", request, row.user.get_username())
    return signed_in


def _seen(request: HttpRequest, row: PairingCode) -> Pairing:
    code = "-".join(re.findall(".{4}", _code_of(row.seed)))
    fingerprint = certificates.fingerprint() if request.is_secure() else ""
    said = {"code": code, **({"fingerprint": fingerprint} if fingerprint else {})}
    url = f"{request.build_absolute_uri(reverse('pairing-help'))}#{urlencode(said, safe=':')}"
    return Pairing(code, url, fingerprint, row.created_at + GOOD_FOR, row.used_at, row.device_name)


def _matching(code: str) -> PairingCode | None:
    """Found by its digest, which nobody without the server's key can make: to compare it takes no care about time."""
    typed = re.sub(r"[\s-]", "", code).upper().translate(_LIKE_LETTERS)
    rows = PairingCode.objects.filter(digest=_digest(typed), created_at__gt=_oldest(), used_at=None)
    return rows.filter(user__is_active=True).select_related("user").first()


def _code_of(seed: str) -> str:
    digest = salted_hmac("pairing code", seed, algorithm="sha256").digest()
    return base64.b32encode(digest)[:CODE_LENGTH].decode()


def _digest(code: str) -> str:
    return salted_hmac("pairing digest", code, algorithm="sha256").hexdigest()


def _oldest() -> datetime:
    return timezone.now() - GOOD_FOR
