"""Two models' answers in figures."""

from uuid import uuid4

import pytest

from classifier.inference.types import Label, ScoredLabel
from classifier.model_registry.comparison import ComparedAnswers, compare_answers

CRANE_BIRD, CRANE_MACHINE = ("n02012849", "crane"), ("n03126707", "crane")


def answers(old: tuple[str, str], new: tuple[str, str], truth: tuple[str, str] | None = None) -> ComparedAnswers:
    best = [ScoredLabel(wnid, name, 0.9) for wnid, name in (old, new)]
    return ComparedAnswers(uuid4(), best[0], best[1], Label(*truth) if truth else None)


def colours(old: str, new: str, truth: str = "") -> ComparedAnswers:
    return answers(("", old), ("", new), ("", truth) if truth else None)


@pytest.mark.parametrize(
    ("old", "new", "is_flip"),
    [
        (("", "red_kite"), ("", "Red kite"), False),
        (("n01608432", "kite"), ("", "kite"), False),
        (CRANE_BIRD, CRANE_MACHINE, True),
        (("", "red"), ("", "blue"), True),
    ],
)
def test_labels_are_the_same_by_wnid_and_else_by_name(
    old: tuple[str, str], new: tuple[str, str], is_flip: bool
) -> None:
    assert answers(old, new).is_flip is is_flip


def test_who_is_right_is_counted_where_the_truth_is_known() -> None:
    found = compare_answers(
        [
            colours("red", "red", "red"),
            colours("red", "blue", "red"),
            colours("red", "blue", "blue"),
            colours("red", "green", "blue"),
            colours("red", "blue"),
        ]
    )

    assert (found.photos, found.agreed, found.known) == (5, 1, 4)
    assert (found.old_right, found.new_right, found.only_old, found.only_new) == (2, 2, 1, 1)


def test_nobody_is_called_better_without_the_truth() -> None:
    assert "Nobody has said" in compare_answers([colours("red", "blue")] * 50).verdict


@pytest.mark.parametrize(
    ("only_old", "only_new", "verdict"),
    [
        (0, 5, "Neither is better by more than chance."),
        (0, 6, "The new model is better."),
        (9, 1, "The old model is better."),
        (40, 45, "Neither is better by more than chance."),
    ],
)
def test_a_difference_must_be_more_than_chance(only_old: int, only_new: int, verdict: str) -> None:
    old, new = colours("red", "blue", "red"), colours("red", "blue", "blue")

    found = compare_answers([old] * only_old + [new] * only_new)

    assert found.verdict == verdict


def test_the_chance_is_that_of_a_fair_coin() -> None:
    found = compare_answers([colours("red", "blue", "blue")] * 6)

    assert found.chance == 2 / 2**6
