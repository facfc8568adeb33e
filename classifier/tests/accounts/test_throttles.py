"""Counting who asks how often."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from classifier.accounts.throttles import Throttle
from classifier.errors import ThrottledError
from classifier.models import ThrottleWindow

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


def test_a_window_closes_and_the_next_one_opens(db: None, clock: Clock) -> None:
    assert [is_refused() for _ in range(11)] == [False] * 10 + [True]

    clock.pass_s(61)

    assert [is_refused() for _ in range(11)] == [False] * 10 + [True]


def test_the_refusal_says_when_the_window_closes(db: None, clock: Clock) -> None:
    for _ in range(10):
        AT_MOST_TEN.hit("ada")
    clock.pass_s(40)

    with pytest.raises(ThrottledError) as refusal:
        AT_MOST_TEN.hit("ada")

    assert 20 <= refusal.value.retry_after_s <= 21


def test_everybody_has_a_window_of_their_own(db: None) -> None:
    for _ in range(10):
        AT_MOST_TEN.hit("ada")

    assert not is_refused("grace")


def test_what_is_given_back_can_be_taken_again(db: None) -> None:
    for _ in range(10):
        AT_MOST_TEN.hit("ada")
    AT_MOST_TEN.refund("ada")

    assert not is_refused()


def test_old_windows_are_thrown_away_and_hold_no_names(db: None, clock: Clock) -> None:
    AT_MOST_TEN.hit("ada")
    clock.pass_s(3700)
    AT_MOST_TEN.hit("grace")

    (window,) = ThrottleWindow.objects.all()
    assert "grace" not in window.key
    assert isinstance(window.opened_at, datetime)
