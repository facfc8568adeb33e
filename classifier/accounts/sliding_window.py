"""Counting over the last seconds before now, in a text that stays short however much is counted; knows no database."""

from dataclasses import dataclass, replace

MOST_ENTRIES = 60
"""Up to so many hits are kept moment by moment. Where the limit is higher, hits are counted in so many parts of the
window, as if each were made at the end of its part: one counts for up to a sixtieth too long then, and never too short,
so that no window of this length, wherever it begins, holds more than the limit."""


@dataclass(frozen=True, slots=True)
class SlidingWindow:
    """The hits of the last `length_us` microseconds; `entries` has moments with their hits, oldest first."""

    length_us: int
    entries: tuple[tuple[int, int], ...] = ()

    @classmethod
    def read(cls, text: str, *, length_us: int, now_us: int) -> "SlidingWindow":
        """What `str` wrote, without what has left the window by now.

        What is further ahead than the window is long comes from a clock that was wrong, and is dropped, too.
        """
        oldest, newest = now_us - length_us, now_us + length_us
        numbers = map(int, text.replace(":", " ").split())
        pairs = zip(numbers, numbers, strict=True)
        return cls(length_us, tuple((moment, hits) for moment, hits in pairs if oldest < moment <= newest))

    def __str__(self) -> str:
        return " ".join(f"{moment}:{hits}" for moment, hits in self.entries)

    @property
    def hits(self) -> int:
        return sum(hits for _, hits in self.entries)

    def with_hit(self, now_us: int, *, limit: int) -> "SlidingWindow":
        part_us = 1 if limit <= MOST_ENTRIES else self.length_us // MOST_ENTRIES
        moment = -(-now_us // part_us) * part_us
        if self.entries and self.entries[-1][0] >= moment:
            *older, (moment, hits) = self.entries
            return replace(self, entries=(*older, (moment, hits + 1)))
        return replace(self, entries=(*self.entries, (moment, 1)))

    def free_after_us(self, limit: int, now_us: int) -> int:
        """How long until fewer than `limit` hits are left in it, if none is added; 0 when that is so now."""
        left = self.hits
        if left < limit:
            return 0
        for moment, hits in self.entries:
            left -= hits
            if left < limit:
                return moment + self.length_us - now_us
        return self.length_us
