"""JPEG files without their end: accepted as long as no pixel is lost."""

import numpy as np
import pytest
from PIL import Image

from classifier.errors import ImageTooLargeError, UnreadableImageError
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.jpeg_scans import loses_pixels
from classifier.inference.images.jpeg_segments import END
from classifier.inference.types import ImageLimits
from classifier.tests.examples import encoded, picture

NOISE = Image.fromarray(np.random.default_rng(0).integers(0, 256, (200, 203, 3), np.uint8))
WAYS: list[dict[str, object]] = [
    {},
    {"subsampling": 0},
    {"progressive": True},
    {"restart_marker_blocks": 5},
    {"restart_marker_rows": 1},
    {"progressive": True, "restart_marker_blocks": 7},
]


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("missing", [1, 2])
def test_a_missing_end_loses_nothing(mode: str, way: dict[str, object], missing: int) -> None:
    data = encoded(NOISE.convert(mode), "JPEG", **way)

    assert decode_image(data[:-missing]).tobytes() == decode_image(data).tobytes()


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("missing", [*range(8, 80, 3), 700, 9000])
def test_more_missing_than_the_end_is_refused(way: dict[str, object], missing: int) -> None:
    data = encoded(NOISE, "JPEG", **way)

    with pytest.raises(UnreadableImageError):
        decode_image(data[:-missing])


def test_a_photo_cut_between_two_of_its_scans_is_refused() -> None:
    data = encoded(NOISE, "JPEG", progressive=True)

    with pytest.raises(UnreadableImageError):
        decode_image(data[: data.rfind(b"\xff\xda")])


def test_a_photo_cut_at_a_restart_is_refused() -> None:
    data = encoded(NOISE, "JPEG", restart_marker_rows=1)
    last_restart = max(data.rfind(bytes([0xFF, 0xD0 + number])) for number in range(8))

    for cut in (last_restart, last_restart + 2):
        with pytest.raises(UnreadableImageError):
            decode_image(data[:cut])


def test_a_photo_filled_up_with_zeros_is_refused() -> None:
    data = encoded(NOISE, "JPEG")

    with pytest.raises(UnreadableImageError):
        decode_image(data[:9000] + bytes(len(data) - 9000))


@pytest.mark.parametrize("shorter_side_px", [None, 20])
def test_an_end_that_comes_too_early_is_seen_by_the_grey_it_leaves(shorter_side_px: int | None) -> None:
    data = encoded(NOISE, "JPEG")

    with pytest.raises(UnreadableImageError):
        decode_image(data[: len(data) // 2] + END, shorter_side_px=shorter_side_px)


def test_a_grey_photo_is_no_cut_one() -> None:
    grey = picture((128, 128, 128))

    assert decode_image(encoded(grey, "JPEG")).getpixel((63, 47)) == (128, 128, 128)


def test_what_follows_the_end_changes_nothing() -> None:
    data = encoded(NOISE, "JPEG")

    assert not loses_pixels(data + b"photo 1" + END)
    assert loses_pixels(data[:-400] + END + data)


def test_a_photo_without_an_end_is_not_decoded_beyond_the_memory_allowed() -> None:
    data = encoded(NOISE, "JPEG").removesuffix(END)

    with pytest.raises(ImageTooLargeError):
        decode_image(data, limits=ImageLimits(max_pixels=203 * 200))
