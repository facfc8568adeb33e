"""Days that are over are counted once an hour where they have many predictions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from classifier.admin import day_counts
from classifier.admin.day_counts import KEPT_FOR, per_day
from classifier.models import ModelVersion
from classifier.tests.rows import make_prediction

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)


def counts(now: datetime = NOW) -> list[int]:
    return [count for _day, count in per_day(2, now)]


def make_one_each_day(user: User, serving: ModelVersion) -> None:
    for days in (0, 1):
        make_prediction(user, serving, "red", created_at=NOW - timedelta(days=days))


def test_few_are_counted_each_time(user: User, serving: ModelVersion) -> None:
    make_one_each_day(user, serving)
    before = counts()
    make_one_each_day(user, serving)

    assert (before, counts()) == ([1, 1], [2, 2])


def test_many_of_a_day_that_is_over_are_counted_once_an_hour(
    user: User, serving: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_counts, "LARGE", 1)
    make_one_each_day(user, serving)
    before = counts()
    make_one_each_day(user, serving)

    assert (before, counts()) == ([1, 1], [1, 2])
    monkeypatch.setattr(day_counts, "LARGE", 1000)  # nothing is remembered for other tests
    assert counts(NOW + KEPT_FOR) == [2, 2]
