"""Smaller copies of a photo."""

import io

from PIL import Image

from classifier.inference.images.renditions import make_thumbnail
from classifier.tests.examples import picture


def test_a_thumbnail_keeps_the_aspect() -> None:
    with Image.open(io.BytesIO(make_thumbnail(picture("red", (1000, 100))))) as thumbnail:
        assert thumbnail.size == (320, 32)


def test_a_small_picture_is_not_enlarged_for_its_thumbnail() -> None:
    with Image.open(io.BytesIO(make_thumbnail(picture("red", (10, 10))))) as thumbnail:
        assert thumbnail.size == (10, 10)
