"""How many predictions there are of each day: large counts of days that are over are remembered for an hour."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from classifier.models import Prediction

LARGE = 1000
"""Fewer are counted in no time."""
KEPT_FOR = timedelta(hours=1)
"""Photos that are deleted meanwhile are still counted."""


@dataclass(frozen=True, slots=True)
class _Counted:
    count: int
    at: datetime


_remembered: dict[date, _Counted] = {}


def per_day(days: int, now: datetime) -> list[tuple[date, int]]:
    """One count by index for each of the last days: grouping by date would compute the date of every row."""
    today = now.astimezone(UTC).date()
    return [(day, _count(day, now)) for day in (today - timedelta(days=back) for back in reversed(range(days)))]


def _count(day: date, now: datetime) -> int:
    known = _remembered.get(day)
    if known and timedelta(0) <= now - known.at < KEPT_FOR:
        return known.count
    start = datetime.combine(day, time.min, UTC)
    rows = Prediction.objects.filter(created_at__gte=start, created_at__lt=start + timedelta(days=1))
    count = rows.order_by().count()
    _remembered.pop(day, None)
    if count >= LARGE and start + timedelta(days=1) < now:
        _remembered[day] = _Counted(count, now)
    return count
