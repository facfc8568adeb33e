"""The pure part of counting: what is in a window, and when it leaves."""

import pytest

from classifier.accounts.sliding_window import MOST_ENTRIES, SlidingWindow

S = 1_000_000
MANY = MOST_ENTRIES + 1


def filled(*seconds: float, limit: int) -> SlidingWindow:
    window = SlidingWindow(60 * S)
    for moment in seconds:
        window = window.with_hit(round(moment * S), limit=limit)
    return window


def hits_at(window: SlidingWindow, seconds: float) -> int:
    return SlidingWindow.read(str(window), length_us=60 * S, now_us=round(seconds * S)).hits


@pytest.mark.parametrize("limit", [3, MANY])
def test_it_is_read_as_it_was_written(limit: int) -> None:
    window = filled(0.2, 0.4, 7.5, limit=limit)

    assert SlidingWindow.read(str(window), length_us=60 * S, now_us=8 * S) == window
    assert window.hits == 3


def test_few_hits_count_to_the_moment() -> None:
    window = filled(0.2, limit=3)

    assert (hits_at(window, 60.199), hits_at(window, 60.2)) == (1, 0)


def test_one_of_many_counts_for_the_whole_window_and_at_most_a_part_longer() -> None:
    window = filled(0.2, limit=MANY)

    assert (hits_at(window, 60.9), hits_at(window, 61)) == (1, 0)


def test_room_comes_when_enough_hits_have_left() -> None:
    window = filled(0, 10, 10, 20, limit=4)

    waits_s = [window.free_after_us(limit, 21 * S) / S for limit in (5, 4, 3, 2, 1, 0)]
    assert waits_s == [0, 39, 49, 49, 59, 60]


def test_a_clock_that_goes_back_a_little_loses_no_count_and_one_that_was_far_ahead_locks_nobody_out() -> None:
    assert filled(50, 48, limit=3).hits == 2
    assert hits_at(filled(1e6, limit=3), 0) == 0


def test_thousands_of_hits_make_few_entries() -> None:
    window = filled(*(number / 100 for number in range(6000)), limit=6000)

    assert window.hits == 6000
    assert len(window.entries) <= MOST_ENTRIES + 1
