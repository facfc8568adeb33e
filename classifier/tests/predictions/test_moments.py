"""Moments from outside."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.predictions.moments import FIRST, LAST, in_utc

ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=ZONES))
def test_every_moment_can_be_held(moment: datetime) -> None:
    held = in_utc(moment)

    assert held.tzinfo is UTC
    assert held == moment or held in (FIRST, LAST)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), FIRST),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))), LAST),
    ],
)
def test_a_moment_outside_the_calendar_becomes_its_end(moment: datetime, expected: datetime) -> None:
    assert in_utc(moment) == expected
