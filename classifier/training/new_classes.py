"""New classes beside those that a network knows: a last layer with more columns, that keeps the old answers.

The new ones are told apart among themselves first; then one common term says of a photo whether it is a new class at
all. That term is fitted on the photos of old classes that people confirmed, and on a *memory* of each old class: a
point in the space of features that the old layer is sure of, made from its own weights. Without either, every old
answer is lost; with the memory alone, those go that are nearest to the new classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.inference.packaging.frozen import Floats, LastLayer

Doubles: TypeAlias = NDArray[np.float64]
SHRINKAGE = 0.3
"""How far the covariance of new classes is moved towards one of equal, independent features: there are fewer photos
than features."""
GAP = 7.0
"""The mean distance of the best of the new logits from the next, on the photos themselves: with less, near old classes
are lost to the new ones; with more, new photos to old classes."""
MEMORY_STRENGTH = 2.0
"""How far a memory lies from the mean of the photos, along its class's weights: such points get about 0.8 of the old
layer, as photos do; at 5 they get 0.9999, and keep nothing."""
MEMORY_SHARE, CONFIRMED_SHARE = 0.1, 1.0
"""What memories and confirmed photos weigh in the common term, beside 1 for the photos of new classes."""
STRENGTH_OF_TERM = 1e-2
"""L2 regularisation of the common term, for standardised features; between 1e-3 and 1e-1 little changes."""
STRENGTH_OF_MOVES = 1e-2
"""The same for what moves old classes."""
LEAST_DEVIATION = 0.03
"""Added to each feature's deviation, so that those that hardly differ count for little."""
LEAST_VARIANCE = 1e-6
"""Of a feature, where a single photo of each class does not differ from itself."""


@dataclass(frozen=True, slots=True)
class Photos:
    """Features `(N, V, F)` of photos, as served and then random views, and their classes `(N,)`."""

    features: Floats
    targets: NDArray[np.int64]

    def part(self, indices: NDArray[np.int64]) -> "Photos":
        return Photos(self.features[indices], self.targets[indices])


def fit_layer(old: LastLayer, photos: Photos, *, new: int, corrected: Sequence[int] = ()) -> LastLayer:
    """A last layer for the old classes and `new` further ones, whose numbers follow theirs.

    `photos` of old classes are what people confirmed or corrected to; the classes `corrected` to are moved a little
    towards theirs. One thread of linear algebra.
    """
    from threadpoolctl import threadpool_limits

    known = old.bias.size
    with threadpool_limits(1):
        is_new = photos.targets >= known
        shown, kept = photos.part(np.flatnonzero(is_new)), photos.part(np.flatnonzero(~is_new))
        old = _moved(old, kept, corrected) if len(kept.targets) and corrected else old
        among = _tell_apart(Photos(shown.features, shown.targets - known), new) if len(shown.targets) else None
        if among is None:
            return old
        term = _common_term(old, among, shown.features, kept.features)
    weights = np.concatenate([old.weights, among.weights + term.weights], axis=1)
    return LastLayer(weights.astype(np.float32), np.concatenate([old.bias, among.bias + term.bias]).astype(np.float32))


def memories(old: LastLayer, mean: Floats) -> Floats:
    """A point `(F,)` for each old class, `(C, F)`, of which the old layer is about as sure as of a photo."""
    directions = (old.weights - old.weights.mean(axis=1, keepdims=True)).T
    return np.asarray(np.maximum(mean + MEMORY_STRENGTH * directions, 0), np.float32)


def _tell_apart(photos: Photos, classes: int) -> LastLayer:
    """The new classes among themselves: a linear discriminant with a shrunk covariance, the same for all of them."""
    flat = photos.features.reshape(-1, photos.features.shape[-1])
    if classes == 1:
        return LastLayer(np.zeros((flat.shape[1], 1), np.float32), np.zeros(1, np.float32))
    targets = np.repeat(photos.targets, photos.features.shape[1])
    means = np.stack([flat[targets == number].mean(axis=0) for number in range(classes)])
    residuals = flat - means[targets]
    covariance = np.asarray(residuals.T @ residuals, np.float64) / len(flat)
    variance = max(float(np.trace(covariance)) / len(covariance), LEAST_VARIANCE)
    shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * variance * np.eye(len(covariance))
    middle = means.mean(axis=0)
    weights = np.linalg.solve(shrunk, (means - middle).T.astype(np.float64))
    bias = -((means + middle).T * weights).sum(axis=0) / 2
    ranked = np.sort(flat @ weights + bias, axis=1)
    scale = GAP / max(float((ranked[:, -1] - ranked[:, -2]).mean()), 1e-6)
    return LastLayer(np.asarray(weights * scale, np.float32), np.asarray(bias * scale, np.float32))


def _moved(old: LastLayer, kept: Photos, corrected: Sequence[int]) -> LastLayer:
    """The old layer, with changed columns for some classes: a softmax regression that starts from it."""
    from scipy.optimize import minimize

    flat = kept.features.reshape(-1, kept.features.shape[-1])
    remembered = memories(old, flat.mean(axis=0))
    features = np.concatenate([flat, remembered])
    targets = np.concatenate([np.repeat(kept.targets, kept.features.shape[1]), np.arange(old.bias.size)])
    shares = np.concatenate([np.full(len(flat), 1 / len(flat)), np.full(len(remembered), 1 / len(remembered))]) / 2
    mean, deviation = flat.mean(axis=0), flat.std(axis=0) + LEAST_DEVIATION
    rows = np.asarray((features - mean) / deviation, np.float64)
    logits = old.logits(features).astype(np.float64)
    columns, size = np.array(corrected), rows.shape[1]
    is_target = targets[:, None] == columns
    is_other = ~is_target.any(axis=1)

    def loss(parameters: Doubles) -> tuple[float, Doubles]:
        weights = parameters.reshape(size + 1, -1)
        moved = logits.copy()
        moved[:, columns] += rows @ weights[:-1] + weights[-1]
        sums = _log_sum(moved)
        likely = np.exp(moved[:, columns] - sums[:, None])
        own = np.where(is_other, moved[np.arange(len(rows)), targets], (moved[:, columns] * is_target).sum(axis=1))
        slopes = (likely - is_target) * shares[:, None]
        value = shares @ (sums - own) + STRENGTH_OF_MOVES / 2 * (weights[:-1] ** 2).sum()
        gradient = np.concatenate([rows.T @ slopes + STRENGTH_OF_MOVES * weights[:-1], slopes.sum(axis=0)[None]])
        return float(value), gradient.ravel()

    start = np.zeros((size + 1) * len(columns))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x.reshape(size + 1, -1)
    weights, bias = old.weights.copy(), old.bias.copy()
    change = found[:-1] / deviation[:, None]
    weights[:, columns] += change
    bias[columns] += found[-1] - mean @ change
    return LastLayer(weights, bias)


def _common_term(old: LastLayer, among: LastLayer, shown: Floats, kept: Floats) -> LastLayer:
    """`(F, 1)` and `(1,)`: what is added to all new classes alike. A logistic regression of new against old, that
    starts from what both layers say already."""
    size = shown.shape[-1]
    flat, confirmed = shown.reshape(-1, size), kept.reshape(-1, size)
    remembered = memories(old, flat.mean(axis=0))
    parts = [(flat, 1.0), (remembered, MEMORY_SHARE), (confirmed, CONFIRMED_SHARE)]
    features = np.concatenate([part for part, _ in parts])
    shares = np.concatenate([np.full(len(part), share / max(1, len(part))) for part, share in parts])
    offsets: Doubles = _log_sum(among.logits(features)) - _log_sum(old.logits(features))
    mean, deviation = flat.mean(axis=0), flat.std(axis=0) + LEAST_DEVIATION
    signs = np.where(np.arange(len(features)) < len(flat), 1.0, -1.0)
    weights, bias = _logistic(
        np.asarray((features - mean) / deviation, np.float64), offsets, signs, shares / shares.sum()
    )
    weights = weights / deviation
    return LastLayer(np.asarray(weights[:, None]), np.asarray([bias - mean @ weights]))


def _logistic(rows: Doubles, offsets: Doubles, signs: Doubles, shares: Doubles) -> tuple[Doubles, float]:
    """Weights and bias of a regularised logistic regression whose logits start at `offsets`."""
    from scipy.optimize import minimize
    from scipy.special import expit

    def loss(parameters: Doubles) -> tuple[float, Doubles]:
        weights = parameters[:-1]
        margins = signs * (rows @ weights + parameters[-1] + offsets)
        slopes = -signs * expit(-margins) * shares
        value = shares @ np.logaddexp(0, -margins) + STRENGTH_OF_TERM / 2 * weights @ weights
        return float(value), np.append(rows.T @ slopes + STRENGTH_OF_TERM * weights, slopes.sum())

    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return found.x[:-1], float(found.x[-1])


def _log_sum(logits: Floats | Doubles) -> Doubles:
    from scipy.special import logsumexp

    return np.asarray(logsumexp(logits.astype(np.float64), axis=1))
