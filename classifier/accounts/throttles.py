"""How often one person or address may ask: exact under concurrency, across processes and restarts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from classifier.conf import conf
from classifier.errors import ThrottledError
from classifier.models import ThrottleWindow

MINUTE_S, HOUR_S = 60, 3600
LONGEST_WINDOW_S = HOUR_S
COUNT = f"""
UPDATE {ThrottleWindow._meta.db_table} SET count = count + 1 WHERE key = %s AND opened_at > %s AND count < %s
"""  # noqa: S608  # the table's name is ours


@dataclass(frozen=True, slots=True)
class Throttle:
    """At most `limit()` times in a window of `window_s` seconds, which opens with the first time."""

    name: str
    window_s: int
    limit: Callable[[], int]

    def hit(self, ident: str) -> None:
        """Counts one more for `ident`. Raises ThrottledError, which says when the window closes."""
        key = self._key(ident)
        while not (_counted(key, self._opened_after(), self.limit()) or self._opened(key)):
            row = ThrottleWindow.objects.filter(key=key, opened_at__gt=self._opened_after()).first()
            if row is not None and row.count >= self.limit():
                wait = row.opened_at + timedelta(seconds=self.window_s) - timezone.now()
                raise ThrottledError(retry_after_s=max(1, int(wait.total_seconds() + 1)))

    def refund(self, ident: str) -> None:
        """Takes one off again: what was counted beforehand turned out well."""
        ThrottleWindow.objects.filter(key=self._key(ident), count__gt=0).update(count=F("count") - 1)

    def _opened(self, key: str) -> bool:
        """Whether this call opened a new window; of several at once, one does."""
        now = timezone.now()
        if ThrottleWindow.objects.filter(key=key, opened_at__lte=self._opened_after()).update(opened_at=now, count=1):
            return True
        if ThrottleWindow.objects.filter(key=key).exists():
            return False
        ThrottleWindow.objects.filter(opened_at__lt=now - timedelta(seconds=LONGEST_WINDOW_S)).delete()
        try:
            with transaction.atomic():
                ThrottleWindow.objects.create(key=key, opened_at=now, count=1)
        except IntegrityError:
            return False
        return True

    def _opened_after(self) -> datetime:
        return timezone.now() - timedelta(seconds=self.window_s)

    def _key(self, ident: str) -> str:
        """A hash: neither names nor addresses are kept."""
        return hashlib.sha256(f"{self.name}:{ident}".encode("utf-8", "surrogatepass")).hexdigest()


def _counted(key: str, opened_after: datetime, limit: int) -> bool:
    """In SQL: every upload passes here, and the ORM takes five times as long to say it."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, connection.ops.adapt_datetimefield_value(opened_after), limit])
        return bool(cursor.rowcount)


uploads = Throttle("uploads", MINUTE_S, lambda: conf.uploads_per_minute)
registrations = Throttle("registrations", HOUR_S, lambda: conf.registrations_per_hour)
logins_of_name = Throttle("logins_of_name", 5 * MINUTE_S, lambda: conf.login_failures_per_5_minutes)
logins_from_address = Throttle("logins_from_address", 5 * MINUTE_S, lambda: conf.login_failures_per_5_minutes)
resets_of_email = Throttle("resets_of_email", HOUR_S, lambda: conf.password_resets_per_hour)
resets_from_address = Throttle("resets_from_address", HOUR_S, lambda: conf.password_resets_per_hour)
