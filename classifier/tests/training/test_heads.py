"""A head tells classes apart that the features tell apart, and is measured on what it did not see."""

import numpy as np
import pytest

from classifier.training.heads import fit_head, held_out_probabilities


def clouds(classes: int, *, photos: int = 8, views: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Features `(N, V, F)` around one corner for each class."""
    random = np.random.default_rng(0)
    targets = np.repeat(np.arange(classes), photos)
    corners = 5 * np.eye(classes, 6)
    values = corners[targets][:, None] + random.normal(size=(len(targets), views, 6))
    return values.astype(np.float32), targets


@pytest.mark.parametrize("classes", [2, 4])
def test_probabilities_sum_to_one_and_name_the_class(classes: int) -> None:
    features, targets = clouds(classes)

    probabilities = fit_head(features, targets, classes=classes).probabilities(features[:, 0])

    assert probabilities.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert (probabilities.argmax(axis=1) == targets).all()


def test_two_classes_get_the_probabilities_of_a_logistic_regression() -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    features, targets = clouds(2, views=1)
    flat = StandardScaler().fit_transform(features[:, 0])

    probabilities = fit_head(features, targets, classes=2).probabilities(features[:, 0])

    reference = LogisticRegression(C=0.1, max_iter=300).fit(flat, targets).predict_proba(flat)
    assert probabilities == pytest.approx(reference, abs=1e-3)


def test_what_is_held_out_was_not_learned() -> None:
    """Features without a class in them: a head that had seen a photo would know it, one that had not cannot."""
    random = np.random.default_rng(0)
    features = random.normal(size=(40, 1, 200)).astype(np.float32)
    targets = np.tile([0, 1], 20)
    parts = [(np.setdiff1d(np.arange(40), held), held) for held in np.array_split(np.arange(40), 5)]

    seen = fit_head(features, targets, classes=2).probabilities(features[:, 0]).argmax(axis=1)
    held_out = held_out_probabilities(features, targets, parts, classes=2).argmax(axis=1)

    assert (seen == targets).mean() == 1
    assert (held_out == targets).mean() < 0.8
