"""Smaller copies of a photo."""

import io

import pytest
from PIL import Image

from classifier.inference.images.renditions import make_thumbnail, scaled_to_thumbnail
from classifier.tests.examples import picture


def thumbnail_of(image: Image.Image) -> bytes:
    return make_thumbnail(scaled_to_thumbnail(image))


def test_a_thumbnail_keeps_the_aspect() -> None:
    with Image.open(io.BytesIO(thumbnail_of(picture("red", (1000, 100))))) as thumbnail:
        assert thumbnail.size == (334, 34)


@pytest.mark.parametrize("longer_px", [320, 321, 511, 639, 640, 1000, 1279])
def test_a_thumbnail_is_320_to_639_pixels_wide(longer_px: int) -> None:
    with Image.open(io.BytesIO(thumbnail_of(picture("red", (longer_px, 100))))) as thumbnail:
        assert 320 <= thumbnail.width < 640


def test_making_a_thumbnail_leaves_the_image_as_it_is() -> None:
    image = picture("red", (100, 100))
    image.info["comment"] = b"mine"

    thumbnail_of(image)

    assert image.info == {"comment": b"mine"}


def test_a_small_picture_is_not_enlarged_for_its_thumbnail() -> None:
    with Image.open(io.BytesIO(thumbnail_of(picture("red", (10, 10))))) as thumbnail:
        assert thumbnail.size == (10, 10)
