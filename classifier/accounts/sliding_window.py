"""Counting over the last seconds before now, in slots, so that a count of thousands stays short; knows no database."""

import math
from dataclasses import dataclass, replace

SLOTS = 60
"""A window's length is counted in so many slots. A hit counts as made at the end of its slot, so it counts for up to
one slot too long and never too short: no window of this length, wherever it begins, holds more than the limit."""


@dataclass(frozen=True, slots=True)
class SlidingWindow:
    """The hits of the last `window_s` seconds; `slots` has the number of each slot with its hits, oldest first."""

    window_s: float
    slots: tuple[tuple[int, int], ...] = ()

    @classmethod
    def read(cls, text: str, *, window_s: float, now: float) -> "SlidingWindow":
        """What `str` wrote, without what has left the window by `now`, in seconds since any moment.

        A slot further ahead than the window is long comes from a clock that was wrong, and is dropped, too.
        """
        slot_s = window_s / SLOTS
        oldest, newest = (now - window_s) / slot_s, (now + window_s) / slot_s
        numbers = map(int, text.replace(":", " ").split())
        slots = tuple(
            (number, hits) for number, hits in zip(numbers, numbers, strict=True) if oldest < number <= newest
        )
        return cls(window_s, slots)

    def __str__(self) -> str:
        return " ".join(f"{number}:{hits}" for number, hits in self.slots)

    @property
    def hits(self) -> int:
        return sum(hits for _, hits in self.slots)

    def with_hit(self, now: float) -> "SlidingWindow":
        number = math.floor(now / self.slot_s) + 1
        if self.slots and self.slots[-1][0] >= number:
            *older, (number, hits) = self.slots
            return replace(self, slots=(*older, (number, hits + 1)))
        return replace(self, slots=(*self.slots, (number, 1)))

    def free_after_s(self, limit: int, now: float) -> float:
        """How long until fewer than `limit` hits are left in it, if none is added; 0 when that is so now."""
        left = self.hits
        for number, hits in self.slots:
            if left < limit:
                break
            left -= hits
            wait_s = self.leaves_after_s(number, now)
            if left < limit:
                return wait_s
        return 0.0

    def leaves_after_s(self, number: int, now: float) -> float:
        """How long until a slot is no longer in the window."""
        return number * self.slot_s + self.window_s - now

    @property
    def slot_s(self) -> float:
        return self.window_s / SLOTS
