"""Random views: parts of the photo, as large as the network takes them."""

import numpy as np
from PIL import Image

from classifier.inference.types import Preprocessing
from classifier.training.views import random_view, served_view

LEFT_RED = Image.new("RGB", (60, 40), "blue")
LEFT_RED.paste("red", (0, 0, 30, 40))


def test_a_view_has_the_size_and_scale_of_what_serves() -> None:
    preprocessing = Preprocessing(24, 16, "crop", "unit")

    view = random_view(LEFT_RED, preprocessing, np.random.default_rng(0))

    assert view.shape == served_view(LEFT_RED, preprocessing).shape == (16, 24, 3)
    assert 0 <= view.min() <= view.max() <= 1


def test_views_differ_and_are_the_same_for_the_same_seed() -> None:
    preprocessing = Preprocessing(16, 16, "crop", "unit")

    views = [random_view(LEFT_RED, preprocessing, np.random.default_rng(seed)) for seed in (0, 1, 0)]

    assert not np.array_equal(views[0], views[1])
    assert np.array_equal(views[0], views[2])


def test_some_views_are_mirrored() -> None:
    preprocessing = Preprocessing(16, 16, "crop", "unit")
    random = np.random.default_rng(0)

    reds = [random_view(LEFT_RED, preprocessing, random)[..., 0] for _ in range(40)]

    is_red_left = {bool(red[:, :4].mean() > red[:, -4:].mean()) for red in reds}
    assert is_red_left == {True, False}
