"""Guesses at a secret: wrong ones count, and no result is told once the limits are reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from classifier.accounts.throttles import Throttle
from classifier.errors import ThrottledError

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Limit:
    """A throttle for somebody; one that does not refuse is only counted in."""

    throttle: Throttle
    ident: str
    refuses: bool = True


def told(limits: Sequence[Limit], check: Callable[[], Found | None]) -> Found | None:
    """What a check finds, or None for a wrong guess, which counts in all limits. Raises ThrottledError.

    It counts after the check, and the result is told only while there is room. Of any number of guesses at once, no
    more results are told than of as many in a row, right ones among them; right ones never stand in each other's way.
    """
    _ask(limits)
    found = check()
    if found is None:
        _count(limits)
    else:
        _ask(limits)  # others may have used the room up meanwhile, and then this result is not to be told, either
    return found


def _ask(limits: Sequence[Limit]) -> None:
    for limit in limits:
        if limit.refuses:
            limit.throttle.check(limit.ident)


def _count(limits: Sequence[Limit]) -> None:
    for limit in limits:
        try:
            limit.throttle.hit(limit.ident)
        except ThrottledError:
            if limit.refuses:
                raise
