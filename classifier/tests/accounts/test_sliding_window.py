"""The pure part of counting: what is in a window, and when it leaves."""

from classifier.accounts.sliding_window import SLOTS, SlidingWindow


def filled(*moments: float, window_s: float = 60) -> SlidingWindow:
    window = SlidingWindow(window_s)
    for moment in moments:
        window = window.with_hit(moment)
    return window


def test_it_is_read_as_it_was_written() -> None:
    window = filled(0.2, 0.4, 7.5)

    assert SlidingWindow.read(str(window), window_s=60, now=8) == window
    assert (str(window), window.hits) == ("1:2 8:1", 3)


def test_a_hit_counts_for_the_whole_window_and_at_most_a_slot_longer() -> None:
    text = str(filled(0.2))

    assert SlidingWindow.read(text, window_s=60, now=60.2).hits == 1
    assert SlidingWindow.read(text, window_s=60, now=61.0).hits == 0


def test_room_comes_when_enough_hits_have_left() -> None:
    window = filled(0.5, 10.5, 10.6, 20.5)

    assert window.free_after_s(5, now=21) == 0
    assert window.free_after_s(4, now=21) == 40
    assert window.free_after_s(3, now=21) == 50
    assert window.free_after_s(1, now=21) == 60


def test_a_clock_that_goes_back_a_little_loses_no_count_and_one_that_was_far_ahead_locks_nobody_out() -> None:
    assert filled(50.5, 48.5).hits == 2
    assert SlidingWindow.read(str(filled(1e9)), window_s=60, now=0).hits == 0


def test_it_never_has_more_slots_than_a_window_is_divided_into() -> None:
    window = filled(*(number / 10 for number in range(600)))

    assert len(window.slots) <= SLOTS + 1
