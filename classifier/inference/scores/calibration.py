"""Calibration: whether a probability is as often right as it says, and by which temperature it would be.

Everything here goes by the best label's probability and whether it was right, which is what is kept of a photo. A
temperature T divides its log-odds: `p' = sigmoid(logit(p) / T)`. The order of photos stays, so answers do too; more
than 1 says that the network claims too much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.inference.scores.intervals import Z_95, wilson_interval

BINS = 10
FEWEST = 50
"""With fewer confirmed photos, a temperature says more of the photos than of the network."""
FOLDS = 5
_TEMPERATURES = np.geomspace(0.2, 5.0, 401)
_SMALLEST = 1e-6
"""Of a probability or what it lacks to 1: the log-odds of nothing and of certainty are infinite."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of `count` photos whose probability was `low` to `high`, the part `confirmed` was right; its 95 % interval."""

    low: float
    high: float
    count: int
    said: float
    confirmed: float
    at_least: float
    at_most: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A temperature and whether it is worth having: by the log loss of photos that it was not fitted on.

    `gain` is how much smaller their log loss is, `surely` the lower end of its 95 % interval. `temperature` is 1 where
    it does not help.
    """

    temperature: float
    photos: int
    gain: float
    surely: float

    @property
    def helps(self) -> bool:
        return self.surely > 0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """With a threshold, how many answers would be less than exact, and how often the others were right, if known."""

    threshold: float
    answers: int
    unsure: int
    known: int
    right: int


def reliability(probabilities: Sequence[float], are_right: Sequence[bool]) -> list[Reliability]:
    """A line for each tenth of the probabilities in which there are photos, lowest first."""
    said, right = np.asarray(probabilities, np.float64), np.asarray(are_right, bool)
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    return [_line(index, said[bins == index], right[bins == index]) for index in np.unique(bins)]


def fit_calibration(
    probabilities: Sequence[float], are_right: Sequence[bool], groups: Sequence[str] = ()
) -> Calibration:
    """The temperature that fits, or 1 where it does not help on held-out photos, or there are too few to tell.

    Photos of one group, such as copies of one photo, are never on both sides.
    """
    logits, right = _logits(probabilities), np.asarray(are_right, bool)
    if len(logits) < FEWEST:
        return Calibration(1.0, len(logits), 0.0, 0.0)
    folds = _folds(groups or [str(index) for index in range(len(logits))])
    gains = np.zeros(len(logits))
    for fold in range(FOLDS):
        held_out = folds == fold
        fitted = _fit(logits[~held_out], right[~held_out])
        before, after = (_losses(logits[held_out], right[held_out], value) for value in (1.0, fitted))
        gains[held_out] = before - after
    gain = float(gains.mean())
    surely = gain - Z_95 * float(gains.std(ddof=1)) / len(gains) ** 0.5
    return Calibration(_fit(logits, right) if surely > 0 else 1.0, len(logits), gain, surely)


def calibrated(probability: float, temperature: float) -> float:
    """The probability with the temperature applied."""
    return float(_sigmoid(_logits([probability]) / temperature)[0])


def what_if(threshold: float, probabilities: Sequence[float], confirmed: Sequence[tuple[float, bool]] = ()) -> WhatIf:
    """What a threshold would have made of these answers; `confirmed` are probabilities with whether they were right."""
    exact = [is_right for probability, is_right in confirmed if probability >= threshold]
    unsure = sum(probability < threshold for probability in probabilities)
    return WhatIf(threshold, len(probabilities), unsure, len(exact), sum(exact))


def _line(index: int, said: NDArray[np.float64], right: NDArray[np.bool_]) -> Reliability:
    count, part = len(said), float(right.mean())
    at_least, at_most = wilson_interval(part, count)
    return Reliability(index / BINS, (index + 1) / BINS, count, float(said.mean()), part, at_least, at_most)


def _folds(groups: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each photo: groups take turns, in the order in which they come."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(group, len(numbers)) % FOLDS for group in groups], np.int64)


def _fit(logits: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    losses = [_losses(logits, right, temperature).mean() for temperature in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _losses(logits: NDArray[np.float64], right: NDArray[np.bool_], temperature: float) -> NDArray[np.float64]:
    """The log loss of each photo."""
    return np.asarray(np.logaddexp(0, np.where(right, -logits, logits) / temperature), np.float64)


def _logits(probabilities: Sequence[float]) -> NDArray[np.float64]:
    bounded = np.clip(np.asarray(probabilities, np.float64), _SMALLEST, 1 - _SMALLEST)
    return np.asarray(np.log(bounded / (1 - bounded)), np.float64)


def _sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-logits)), np.float64)
