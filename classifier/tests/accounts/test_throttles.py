"""Counting who asks how often."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from classifier.accounts.throttles import Throttle
from classifier.errors import ThrottledError
from classifier.models import ThrottleCount

AT_MOST_TEN = Throttle("tests", 60, lambda: 10)


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.moment)

    def pass_s(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def is_refused(ident: str = "ada") -> bool:
    try:
        AT_MOST_TEN.hit(ident)
    except ThrottledError:
        return True
    return False


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_exactly_ten_pass() -> None:
    refused: list[bool] = []
    start = threading.Barrier(50)

    def ask() -> None:
        start.wait()
        try:
            refused.append(is_refused())
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (refused.count(False), refused.count(True)) == (10, 40)


def test_no_window_of_a_minute_has_more_than_the_limit(db: None, clock: Clock) -> None:
    """Ten just before a fixed window would close, and ten just after: the edge that lets twice as many through."""
    passed: list[float] = []
    for second in range(200):
        clock.pass_s(1)
        passed += [second] * [is_refused() for _ in range(3)].count(False)

    assert max(sum(moment <= other < moment + 60 for other in passed) for moment in passed) == 10
    assert len(passed) >= 30


def test_room_comes_back_hit_by_hit(db: None, clock: Clock) -> None:
    for _ in range(10):
        AT_MOST_TEN.hit("ada")
        clock.pass_s(3)

    assert [is_refused() for _ in range(1)] == [True]
    clock.pass_s(31)
    assert [is_refused() for _ in range(2)] == [False, True]


@pytest.mark.parametrize("spacing_s", [0, 0.3, 2])
def test_after_the_seconds_that_the_refusal_names_there_is_room_and_not_long_before(
    db: None, clock: Clock, spacing_s: float
) -> None:
    for _ in range(10):
        AT_MOST_TEN.hit("ada")
        clock.pass_s(spacing_s)
    with pytest.raises(ThrottledError) as refusal:
        AT_MOST_TEN.hit("ada")

    clock.pass_s(refusal.value.retry_after_s - 2)
    assert is_refused()
    clock.pass_s(2)
    assert not is_refused()


def test_looking_counts_nothing(db: None) -> None:
    for _ in range(20):
        AT_MOST_TEN.check("ada")

    assert AT_MOST_TEN.count("ada") == 0


def test_throttles_of_one_name_count_together(db: None) -> None:
    narrower = Throttle(AT_MOST_TEN.name, 60, lambda: 1)
    AT_MOST_TEN.hit("ada")

    assert narrower.is_full("ada")
    assert not AT_MOST_TEN.is_full("ada")


def test_everybody_has_a_window_of_their_own(db: None) -> None:
    for _ in range(10):
        AT_MOST_TEN.hit("ada")

    assert not is_refused("grace")


def test_what_has_come_to_nothing_is_thrown_away_and_holds_no_names(db: None, clock: Clock) -> None:
    AT_MOST_TEN.hit("ada")
    clock.pass_s(121)
    AT_MOST_TEN.hit("grace")

    row = ThrottleCount.objects.get()
    assert "grace" not in row.key + row.hits


def test_a_long_count_stays_short(db: None, clock: Clock) -> None:
    many = Throttle("tests", 60, lambda: 1200)
    for _ in range(1000):
        many.hit("ada")
        clock.pass_s(0.06)

    assert many.count("ada") > 980
    assert len(ThrottleCount.objects.get().hits) < 2000
