"""Views of a photo, a new one each time it is trained on."""

import numpy as np
import pytest

from classifier.training import augmentation
from classifier.training.augmentation import Views


def test_shifted_views_are_pieces_of_the_photo_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(augmentation, "COLOUR", 0.0)
    photo = np.random.default_rng(0).integers(0, 256, (1, 9, 9, 3), np.uint8)
    pieces = [photo[0, y : y + 6, x : x + 6] for y in range(4) for x in range(4)]
    pieces += [piece[:, ::-1] for piece in pieces]

    views = [
        augmentation.random_views(photo, np.array([0, n], np.int32), views=Views(6, smallest_area=None))
        for n in range(20)
    ]

    seen = [np.rint((np.asarray(view[0]) + 1) * 127.5) for view in views]
    assert all(any(np.array_equal(view, piece) for piece in pieces) for view in seen)
    assert len({view.tobytes() for view in seen}) > 5
