"""Moments that come from outside, as the database can hold them."""

from datetime import UTC, datetime

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; one that no calendar of the database reaches becomes the first or the last it has.

    As a bound of a search that is the same: nothing was made before or after.
    """
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return FIRST if moment.year <= FIRST.year else LAST
