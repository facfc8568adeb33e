import numpy as np
import pytest

from classifier.training.judging import chance_of, compare, scenes, split


def right(*flags: int) -> "np.typing.NDArray[np.bool_]":
    return np.array(flags, bool)


def test_what_differs_is_counted_photo_by_photo() -> None:
    compared = compare(right(1, 1, 0, 0, 1), right(1, 0, 1, 1, 1))

    assert (compared.photos, compared.before, compared.after) == (5, 3, 4)
    assert (compared.gained, compared.lost) == (2, 1)
    assert 0 < compared.low < 0.8 < compared.high < 1


@pytest.mark.parametrize(("gained", "lost", "is_better"), [(5, 0, True), (4, 0, False), (9, 2, True), (8, 3, False)])
def test_better_is_what_chance_would_hardly_do(gained: int, lost: int, is_better: bool) -> None:
    before, after = right(*[0] * gained, *[1] * lost, 1), right(*[1] * gained, *[0] * lost, 1)

    assert compare(before, after).is_better == is_better


@pytest.mark.parametrize(
    ("photos", "lost", "is_worse"),
    [(40, 1, False), (40, 2, True), (100, 3, False), (5, 1, False), (1, 1, False), (500, 4, False), (500, 5, True)],
)
def test_more_than_three_of_a_hundred_lost_is_worse_or_what_chance_would_hardly_lose(
    photos: int, lost: int, is_worse: bool
) -> None:
    before = np.ones(photos, bool)

    assert compare(before, np.arange(photos) >= lost).is_worse == is_worse


def test_nothing_compared_is_neither_better_nor_worse() -> None:
    nothing = compare(right(), right())

    assert (nothing.is_better, nothing.is_worse) == (False, False)
    assert chance_of(0, 0) == 1


def test_equal_files_and_photos_of_one_scene_are_one_group() -> None:
    random = np.random.default_rng(0)
    features = random.normal(size=(6, 20)).astype(np.float32)
    features[1] = features[0] + 0.01
    features[2] = features[1] + 0.01

    groups = scenes(features, ["a", "b", "c", "d", "e", "d"])

    assert len(set(groups[:3])) == 1
    assert groups[3] == groups[5]
    assert len(set(groups)) == 3


def test_a_scene_is_held_out_whole_and_every_photo_once_but_for_a_new_class_s_only_one() -> None:
    targets = np.array([0, 0, 1, 1, 1, 2, 2])
    groups = np.array([0, 1, 2, 2, 3, 4, 4])

    parts = split(targets, groups, known=1, seed=0)

    held_out = sorted(index for _, part in parts for index in part)
    assert held_out == [0, 1, 2, 3, 4]
    assert all(set(groups[train]).isdisjoint(groups[part]) for train, part in parts)
