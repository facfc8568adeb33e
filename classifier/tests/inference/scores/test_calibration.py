"""Probabilities against what people confirmed."""

import numpy as np
import pytest

from classifier.inference.scores.calibration import FEWEST, calibrated, fit_calibration, reliability, what_if

RANDOM = np.random.default_rng(7)


def photos(count: int, *, temperature: float = 1.0) -> tuple[list[float], list[bool]]:
    """Probabilities of a network that claims too much by that temperature, and whether its labels were right."""
    truly = RANDOM.uniform(0.3, 0.97, count)
    claimed = [calibrated(float(part), 1 / temperature) for part in truly]
    return claimed, list(RANDOM.uniform(size=count) < truly)


def test_the_table_says_how_many_of_each_tenth_were_confirmed() -> None:
    said = [0.82, 0.85, 0.88, 0.81, 0.15, 1.0]

    table = reliability(said, [True, True, False, True, False, True])

    assert [(line.low, line.high, line.count, line.confirmed) for line in table] == [
        (0.1, 0.2, 1, 0.0),
        (0.8, 0.9, 4, 0.75),
        (0.9, 1.0, 1, 1.0),
    ]
    assert table[1].said == pytest.approx(0.84)
    assert table[1].at_least < 0.75 < table[1].at_most
    assert 0 < table[2].at_least < table[2].at_most == 1


def test_the_interval_is_narrower_with_more_photos() -> None:
    few, many = (reliability([0.85] * count, [True, False] * (count // 2))[0] for count in (10, 1000))

    assert few.at_most - few.at_least > 5 * (many.at_most - many.at_least)
    assert many.at_most - many.at_least == pytest.approx(0.062, abs=0.001)


@pytest.mark.parametrize("temperature", [2.0, 0.5])
def test_a_temperature_that_is_there_is_found(temperature: float) -> None:
    found = fit_calibration(*photos(3000, temperature=temperature))

    assert found.helps
    assert found.temperature == pytest.approx(temperature, rel=0.15)
    assert found.gain > found.surely > 0


def test_nothing_is_changed_where_it_does_not_help_on_held_out_photos() -> None:
    found = fit_calibration(*photos(400))

    assert not found.helps
    assert found.temperature == 1.0


def test_too_few_photos_say_nothing() -> None:
    found = fit_calibration([0.99] * (FEWEST - 1), [False] * (FEWEST - 1))

    assert (found.temperature, found.helps, found.photos) == (1.0, False, FEWEST - 1)


def test_copies_of_a_photo_are_never_on_both_sides() -> None:
    """One photo, sent a hundred times, says nothing of other photos: every fold but its own is fitted without it."""
    said, right = [0.999] * 100 + [0.6] * 60, [False] * 100 + [True, True, False] * 20
    groups = ["copies"] * 100 + [str(index) for index in range(60)]

    assert fit_calibration(said, right).gain > fit_calibration(said, right, groups).gain


def test_a_temperature_leaves_the_order_and_the_middle() -> None:
    said = [0.0, 0.2, 0.5, 0.9, 1.0]

    changed = [calibrated(part, 2.0) for part in said]

    assert changed == sorted(changed)
    assert changed[2] == 0.5
    assert 0 <= changed[0] < 0.2 < 0.8 < changed[4] <= 1


def test_a_threshold_tells_how_many_would_have_been_unsure_and_how_often_the_others_were_right() -> None:
    found = what_if(0.6, [0.1, 0.59, 0.6, 0.9], [(0.5, False), (0.6, True), (0.9, False)])

    assert (found.answers, found.unsure, found.known, found.right) == (4, 2, 2, 1)
