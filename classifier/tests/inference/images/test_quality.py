"""Photos that should be taken again, made from a good one."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from classifier.inference.images.quality import SMALLEST_SIDE_PX, assess_quality
from classifier.inference.types import ImageFacts
from classifier.tests.examples import picture

Change = Callable[[Image.Image], Image.Image]


def good_photo() -> Image.Image:
    """Things of many shades with sharp edges."""
    image = Image.linear_gradient("L").resize((320, 240)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for index in range(40):
        left, top = (index * 37) % 300, (index * 53) % 220
        draw.rectangle((left, top, left + 18, top + 14), fill=(index * 6, 255 - index * 5, (index * 41) % 256))
    return image


def moved(image: Image.Image) -> Image.Image:
    """As a hand that moves to the side takes it."""
    return image.resize((20, 240), Image.Resampling.BOX).resize((320, 240), Image.Resampling.BILINEAR)


def codes(image: Image.Image, size_px: tuple[int, int] = (4000, 3000)) -> tuple[str, ...]:
    return assess_quality(image, ImageFacts("image/jpeg", *size_px)).codes


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda image: image, ()),
        (lambda image: image.filter(ImageFilter.GaussianBlur(3)), ("blurred",)),
        (moved, ("blurred",)),
        (lambda image: moved(image.rotate(90, expand=True)).rotate(-90, expand=True), ("blurred",)),
        (lambda image: ImageEnhance.Brightness(image).enhance(0.2), ("dark",)),
        (lambda image: ImageEnhance.Brightness(image).enhance(20), ("bright",)),
        (lambda image: Image.blend(image, picture("white", image.size), 0.8), ("bright",)),
        (lambda image: picture("gray", image.size), ("blank",)),
        (lambda image: picture("red", image.size), ("blank",)),
        (lambda image: picture("black", image.size), ("dark", "blank")),
        (lambda image: picture("white", image.size), ("bright", "blank")),
    ],
)
def test_what_is_wrong_with_a_photo_is_found(change: Change, found: tuple[str, ...]) -> None:
    assert codes(change(good_photo())) == found


@pytest.mark.parametrize("side_px", [SMALLEST_SIDE_PX - 1, SMALLEST_SIDE_PX])
def test_a_photo_is_as_small_as_its_shorter_side(side_px: int) -> None:
    found = codes(good_photo(), (4000, side_px))

    assert found == (("too_small",) if side_px < SMALLEST_SIDE_PX else ())


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (300, 3), (5, 5)])
def test_a_photo_of_any_size_is_looked_at(size: tuple[int, int]) -> None:
    assert "blank" in codes(picture("red", size), size)


def test_one_thing_that_is_sharp_makes_a_photo_sharp() -> None:
    image = good_photo().filter(ImageFilter.GaussianBlur(6))
    image.paste(good_photo().crop((100, 60, 220, 180)), (100, 60))

    assert codes(image) == ()


def test_a_lamp_in_the_night_is_no_light() -> None:
    night = ImageEnhance.Brightness(good_photo()).enhance(0.1)
    ImageDraw.Draw(night).ellipse((150, 100, 165, 115), fill="white")

    assert codes(night) == ("dark",)


def test_whether_to_retake_follows_from_what_is_wrong() -> None:
    facts = ImageFacts("image/jpeg", 4000, 3000)

    assert not assess_quality(good_photo(), facts).retake
    assert assess_quality(picture("black", (320, 240)), facts).retake
