"""What is past its time: expired tokens, sessions, codes and counts are deleted, a few at a time."""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from classifier.accounts import pairing
from classifier.accounts.batches import delete_in_batches
from classifier.accounts.password_reset import CODE_TTL_MINUTES
from classifier.accounts.sign_in_limits import KNOWN_FOR
from classifier.conf import conf
from classifier.models import BrowserSession, DeviceToken, KnownAddress, PairingCode, PasswordResetCode, ThrottleCount
from classifier.storage.locks import held
from classifier.storage.repeating import Pause, repeat_in_background

LOCK = "housekeeping"
EVERY_S = 3600.0
logger = logging.getLogger(__name__)


def clear_expired() -> int:
    """Deletes what has expired; how many rows that were. None while another process does."""
    with held(LOCK) as is_held:
        return sum(map(delete_in_batches, _expired())) if is_held else 0


def clear_in_background(*, pause: Pause = threading.Event().wait) -> None:
    """Does so now and every hour, in a thread of its own."""
    failure = "What has expired could not be deleted; the next try is in an hour."
    repeat_in_background(
        clear_expired, name="housekeeping", every_s=EVERY_S, pause=pause, logger=logger, failure=failure
    )


def _expired() -> Iterator["QuerySet[Any]"]:
    now = timezone.now()
    oldest_token = now - timedelta(days=conf.token_max_age_days)
    yield DeviceToken.objects.filter(Q(expiry__lt=now) | Q(created__lt=oldest_token))
    yield BrowserSession.objects.filter(expire_date__lt=now)
    yield PasswordResetCode.objects.filter(created_at__lt=now - timedelta(minutes=CODE_TTL_MINUTES))
    yield PairingCode.objects.filter(created_at__lt=now - pairing.GOOD_FOR)
    yield KnownAddress.objects.filter(seen_at__lt=now - KNOWN_FOR)
    yield ThrottleCount.objects.filter(expires_at__lt=now)
