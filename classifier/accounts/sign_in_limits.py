"""How often a password may be guessed: narrow for one place, wide and slowing for a name, and open to its owner."""

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from classifier.accounts.guesses import Limit
from classifier.accounts.throttles import MINUTE_S, Throttle
from classifier.conf import conf
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
pairings_from_address = Throttle("pairings", WINDOW_S, lambda: conf.login_failures_per_5_minutes)
"""Wrong codes for a phone: they name no account, so that strangers cannot use one's tries up, either."""
confirmations = Throttle("confirmations", WINDOW_S, lambda: conf.login_failures_per_5_minutes)
"""Wrong passwords of whoever is signed in to an account: strangers cannot use it up."""


def limits_of(username: str, address: str, *, is_known: bool) -> list[Limit]:
    """The limits of a try at the password of a name, from an address that is known to be its owner's or not."""
    name = username.strip().lower()
    is_slowed = not is_known and of_name.is_full(name)
    narrow = of_attacked_name_from_address if is_slowed else of_name_from_address
    return [
        Limit(narrow, f"{name}\0{address}"),
        Limit(from_address, address, refuses=not is_known),
        Limit(of_name, name, refuses=False),
    ]


def is_known(username: str, address: str) -> bool:
    """Whether the account with this name signed in from there lately."""
    since = timezone.now() - KNOWN_FOR
    return KnownAddress.objects.filter(key=_known_key(username, address), seen_at__gt=since).exists()


def remember(user: Any, username: str, address: str) -> None:
    """Makes an address known: its owner signed in from there."""
    row = KnownAddress(user=user, key=_known_key(username, address), seen_at=timezone.now())
    KnownAddress.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["key"], update_fields=["user", "seen_at"]
    )


def _known_key(username: str, address: str) -> str:
    """A hash, and of the name as it is: names that differ in case are two accounts."""
    return hashlib.sha256(f"{username}\0{address}".encode("utf-8", "surrogatepass")).hexdigest()
