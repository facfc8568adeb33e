"""How often one person or address may ask: exact under concurrency, across processes and restarts.

A power cut may forget the last hits, so that none waits for the disk.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from classifier.accounts.sliding_window import SlidingWindow
from classifier.conf import conf
from classifier.errors import ThrottledError
from classifier.models import ThrottleCount
from classifier.storage.commits import unsynced

MINUTE_S, HOUR_S = 60, 3600
SECOND_US = 1_000_000
CLEARED_AT_ONCE = 100
READ = f"SELECT hits FROM {ThrottleCount._meta.db_table} WHERE key = %s"  # noqa: S608  # the table's name is ours
SWAP = f"""
UPDATE {ThrottleCount._meta.db_table} SET hits = %s, expires_at = %s WHERE key = %s AND hits = %s
"""  # noqa: S608  # the table's name is ours


@dataclass(frozen=True, slots=True)
class Throttle:
    """At most `limit()` times in any `window_s` seconds. Throttles of one name count together."""

    name: str
    window_s: int
    limit: Callable[[], int]

    def check(self, ident: str) -> None:
        """Counts nothing. Raises ThrottledError, which says when there will be room, if there is none now."""
        self._check(self._window(_found(self._key(ident))))

    def count(self, ident: str) -> int:
        """The hits in the window that ends now."""
        return self._window(_found(self._key(ident))).hits

    def is_full(self, ident: str) -> bool:
        return self.count(ident) >= self.limit()

    def hit(self, ident: str) -> None:
        """Counts one more for `ident`. Raises ThrottledError, which says when there will be room, and counts nothing.

        Of several at once, one writes first; the others find another count than they read, and look again.
        """
        key = self._key(ident)
        is_counted = False
        with connection.cursor() as cursor:
            while not is_counted:
                before = _read(cursor, key)
                window = self._window(before)
                self._check(window)
                after = str(window.with_hit(_now_us(), limit=self.limit()))
                is_counted = self._opened(key, after) if before is None else self._swapped(cursor, key, before, after)

    def _window(self, text: str | None) -> SlidingWindow:
        return SlidingWindow.read(text or "", length_us=self.window_s * SECOND_US, now_us=_now_us())

    def _check(self, window: SlidingWindow) -> None:
        wait_us = window.free_after_us(self.limit(), _now_us())
        if wait_us > 0:
            raise ThrottledError(retry_after_s=math.ceil(wait_us / SECOND_US))

    def _swapped(self, cursor: CursorWrapper, key: str, before: str, after: str) -> bool:
        """In SQL, as `_read`: every upload passes here, and the ORM takes many times as long to say it."""
        expires_at = connection.ops.adapt_datetimefield_value(self._expires_at)
        with unsynced():
            cursor.execute(SWAP, [after, expires_at, key, before])
            return bool(cursor.rowcount)

    def _opened(self, key: str, hits: str) -> bool:
        clear_expired()
        try:
            with transaction.atomic():
                ThrottleCount.objects.create(key=key, hits=hits, expires_at=self._expires_at)
        except IntegrityError:
            return False
        return True

    @property
    def _expires_at(self) -> datetime:
        return timezone.now() + timedelta(seconds=2 * self.window_s)

    def _key(self, ident: str) -> str:
        """A hash: neither names nor addresses are kept."""
        return hashlib.sha256(f"{self.name}:{ident}".encode("utf-8", "surrogatepass")).hexdigest()


def clear_expired() -> None:
    """Deletes some of the counts that have come to nothing: a request is waiting; housekeeping does the rest."""
    some = ThrottleCount.objects.filter(expires_at__lt=timezone.now()).values_list("pk", flat=True)[:CLEARED_AT_ONCE]
    ThrottleCount.objects.filter(pk__in=list(some)).delete()


def _now_us() -> int:
    return round(timezone.now().timestamp() * SECOND_US)


def _found(key: str) -> str | None:
    with connection.cursor() as cursor:
        return _read(cursor, key)


def _read(cursor: CursorWrapper, key: str) -> str | None:
    cursor.execute(READ, [key])
    row = cursor.fetchone()
    return row and str(row[0])


uploads = Throttle("uploads", MINUTE_S, lambda: conf.uploads_per_minute)
registrations = Throttle("registrations", HOUR_S, lambda: conf.registrations_per_hour)
resets_of_email = Throttle("resets_of_email", HOUR_S, lambda: conf.password_resets_per_hour)
resets_from_address = Throttle("resets_from_address", HOUR_S, lambda: conf.password_resets_per_hour)
