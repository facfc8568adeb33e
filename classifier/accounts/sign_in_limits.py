"""How often a password may be guessed: narrow for one place, wide and slowing for a name, and open to its owner.

Failures alone count. They count after the password was checked, and the result is told only while there is room: of any
number of tries at once, no more are told than of as many in a row, and right ones never stand in each other's way.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from classifier.accounts.addresses import counted_address
from classifier.accounts.throttles import MINUTE_S, Throttle
from classifier.conf import conf
from classifier.errors import ThrottledError
from classifier.models import KnownAddress

WINDOW_S = 5 * MINUTE_S
WIDE = 10
"""A name from everywhere, and an address for all names, may fail so many times as often as a name from one address."""
KNOWN_FOR = timedelta(days=30)

of_name_from_address = Throttle("sign_in", WINDOW_S, lambda: conf.login_failures_per_5_minutes)
of_attacked_name_from_address = Throttle(
    of_name_from_address.name, WINDOW_S, lambda: max(1, conf.login_failures_per_5_minutes // WIDE)
)
of_name = Throttle("sign_in_of_name", WINDOW_S, lambda: WIDE * conf.login_failures_per_5_minutes)
from_address = Throttle("sign_in_from_address", WINDOW_S, lambda: WIDE * conf.login_failures_per_5_minutes)
confirmations = Throttle("confirmations", WINDOW_S, lambda: conf.login_failures_per_5_minutes)
"""Wrong passwords of whoever is signed in to an account: strangers cannot use it up."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at the password of a name, from an address from which that name signed in before (`is_known`) or not."""

    username: str
    address: str
    is_known: bool

    @classmethod
    def of(cls, request: HttpRequest, username: str) -> "Attempt":
        address = counted_address(request)
        since = timezone.now() - KNOWN_FOR
        is_known = KnownAddress.objects.filter(key=_known_key(username, address), seen_at__gt=since).exists()
        return cls(username, address, is_known)

    def check(self) -> None:
        """Raises ThrottledError when no result may be told any more."""
        self._narrow.check(self._pair)
        if not self.is_known:
            from_address.check(self.address)

    def fail(self) -> None:
        """Counts a failure. Raises ThrottledError if there was no room for it: then it must not be told as one."""
        self._narrow.hit(self._pair)
        with suppress(ThrottledError):  # it slows others down, and refuses nobody
            of_name.hit(self._name)
        try:
            from_address.hit(self.address)
        except ThrottledError:
            if not self.is_known:
                raise

    def succeed(self, user: Any) -> None:
        """Remembers the address: the wide limits are not for it."""
        remember(user, self.username, self.address)

    @property
    def _narrow(self) -> Throttle:
        is_slowed = not self.is_known and of_name.is_full(self._name)
        return of_attacked_name_from_address if is_slowed else of_name_from_address

    @property
    def _name(self) -> str:
        return self.username.strip().lower()

    @property
    def _pair(self) -> str:
        return f"{self._name}\0{self.address}"


def remember(user: Any, username: str, address: str) -> None:
    row = KnownAddress(user=user, key=_known_key(username, address), seen_at=timezone.now())
    KnownAddress.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["key"], update_fields=["user", "seen_at"]
    )


def _known_key(username: str, address: str) -> str:
    """A hash, and of the name as it is: names that differ in case are two accounts."""
    return hashlib.sha256(f"{username}\0{address}".encode("utf-8", "surrogatepass")).hexdigest()
