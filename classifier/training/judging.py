"""A candidate against the model that serves: on photos that it was not fitted on, by pairs, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from classifier.inference.packaging.frozen import Floats
from classifier.inference.scores.intervals import change_interval, wilson_interval
from classifier.training.dataset import Fold

FOLDS = 5
SAME_SCENE = 0.85
"""Cosine of features, less their mean, from which two photos count as one scene: 3 % of two photos of one class do."""
MOST_LOST = 0.03
"""Of old answers, net: more is worse, however few photos say so; but one photo may be chance."""
SURE = 0.05
"""How likely chance may make a candidate look better that is not (one-sided sign test)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many of `photos` the model before and the candidate got right, and where they differ.

    `low` and `high`: the interval that holds the candidate's true accuracy with 95 %.
    """

    photos: int
    before: int
    after: int
    gained: int
    lost: int
    low: float
    high: float
    change_low: float
    change_high: float

    @property
    def is_worse(self) -> bool:
        """Whether more is lost than may be, or surely something is."""
        return self.lost - self.gained > max(1.0, MOST_LOST * self.photos) or self.change_high < 0

    @property
    def is_better(self) -> bool:
        return chance_of(self.gained, self.lost) < SURE


def compare(before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Comparison:
    """Compares what was right before and is right after, photo by photo."""
    count, gained, lost = len(after), int((after & ~before).sum()), int((before & ~after).sum())
    low, high = wilson_interval(float(after.mean()), count) if count else (0.0, 1.0)
    return Comparison(
        count, int(before.sum()), int(after.sum()), gained, lost, low, high, *change_interval(gained, lost, count)
    )


def chance_of(gained: int, lost: int) -> float:
    """How likely as many gains or more are when gaining and losing were equally likely."""
    total = gained + lost
    return float(sum(comb(total, wins) for wins in range(gained, total + 1)) / 2**total)


def scenes(features: Floats, digests: Sequence[str]) -> NDArray[np.int64]:
    """A number for each photo `(N,)`, the same for equal files and for photos that look like one scene.

    `features` `(N, F)` of the photos as served. A scene is what such pairs join, however long the chain.
    """
    unit = features - features.mean(axis=0)
    unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-9)
    first: dict[str, int] = {}
    parent = np.array([first.setdefault(digest, index) for index, digest in enumerate(digests)], np.int64)

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    for index in range(1, len(unit)):
        for other in np.flatnonzero(unit[:index] @ unit[index] > SAME_SCENE):
            parent[root(index)] = root(int(other))
    return np.array([root(index) for index in range(len(unit))], np.int64)


def split(targets: NDArray[np.int64], groups: NDArray[np.int64], *, known: int, seed: int) -> list[Fold]:
    """Parts of which each holds out other photos, whole groups: (train, held out).

    The only group of a class that is not among the first `known` is never held out: nothing would be learnt of it.
    """
    random = np.random.default_rng(seed)
    part_of = np.full(len(targets), -1)
    owners = {int(group): _owner(targets, groups, group) for group in np.unique(groups)}
    for target in np.unique(targets):
        own = [group for group, owner in owners.items() if owner == target]
        if len(own) > 1 or target < known:
            for number, group in enumerate(random.permutation(own), start=int(random.integers(FOLDS))):
                part_of[groups == group] = number % FOLDS
    parts = [np.flatnonzero(part_of == number) for number in range(FOLDS)]
    return [(np.setdiff1d(np.arange(len(targets)), part), part) for part in parts if len(part)]


def _owner(targets: NDArray[np.int64], groups: NDArray[np.int64], group: int) -> int:
    """The class to which a group with photos of several belongs."""
    return int(np.bincount(targets[groups == group]).argmax())
