"""From bytes to an upright RGB picture, or the reason why not."""

import resource
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from classifier.errors import (
    EmptyImageError,
    ImageError,
    ImageTooLargeError,
    UnreadableImageError,
    UnsupportedImageError,
)
from classifier.inference.images.decoding import decode_image, inspect_image
from classifier.inference.types import ImageFacts, ImageLimits
from classifier.tests.examples import SHARED, encoded, jpeg, needs_shared, picture

LIMITS = ImageLimits(max_pixels=1_000_000)


@pytest.mark.parametrize(
    ("format", "content_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("HEIF", "image/heic"),
        ("AVIF", "image/avif"),
    ],
)
def test_an_accepted_format_is_found_by_content(format: str, content_type: str) -> None:
    data = encoded(picture("red", (64, 48)), format)

    assert inspect_image(data) == ImageFacts(content_type, 64, 48)
    red, green, blue = decode_image(data).getpixel((32, 24))  # type: ignore[misc]
    assert red > 240
    assert max(green, blue) < 20


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(orientation: int) -> None:
    upright = Image.new("RGB", (60, 40), "blue")
    upright.paste("red", (0, 0, 30, 20))
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Image.Transpose(turned[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[274] = orientation
    data = encoded(stored, "JPEG", exif=exif, quality=95)

    image = decode_image(data)

    assert image.size == (60, 40)
    assert image.getpixel((10, 10))[0] > 200  # type: ignore[index]
    assert image.getpixel((50, 30))[2] > 200  # type: ignore[index]
    assert (inspect_image(data).width, inspect_image(data).height) == (60, 40)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "1"])
def test_every_colour_mode_becomes_rgb(mode: str) -> None:
    data = encoded(picture("white", (8, 8)).convert(mode), "JPEG" if mode == "CMYK" else "PNG")

    image = decode_image(data)

    assert image.mode == "RGB"
    assert image.getpixel((4, 4)) == (255, 255, 255)


def test_transparency_is_laid_on_white() -> None:
    image = decode_image(encoded(Image.new("RGBA", (8, 8), (255, 0, 0, 0)), "PNG"))

    assert image.getpixel((4, 4)) == (255, 255, 255)


def test_sixteen_bits_keep_their_brightness() -> None:
    gray = Image.fromarray(np.full((8, 8), 32_768, np.uint16))

    assert decode_image(encoded(gray, "PNG")).getpixel((4, 4)) == (128, 128, 128)


@pytest.mark.parametrize(
    ("side_px", "decoded_px"), [(2736, 342), (2728, 682), (684, 342), (682, 682), (3000, 375)], ids=str
)
def test_a_large_jpeg_is_decoded_at_the_least_scale_that_leaves_a_third_more_than_is_needed(
    side_px: int, decoded_px: int
) -> None:
    image = decode_image(jpeg("red", (side_px + 100, side_px)), shorter_side_px=256)

    assert min(image.size) == decoded_px


def test_a_small_jpeg_is_decoded_whole() -> None:
    assert decode_image(jpeg("red", (500, 400)), shorter_side_px=256).size == (500, 400)


def test_an_empty_file_is_empty() -> None:
    with pytest.raises(EmptyImageError):
        decode_image(b"")


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_truncated_photo_is_unreadable(format: str) -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (200, 200, 3), np.uint8))
    data = encoded(noise, format)

    with pytest.raises(UnreadableImageError):
        decode_image(data[: len(data) // 2])


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF", "EPS", "PDF", "ICO"])
def test_another_format_is_unsupported(format: str) -> None:
    with pytest.raises(UnsupportedImageError):
        decode_image(encoded(picture(), format))


@pytest.mark.parametrize("data", [b"<html><body>hi</body></html>", b"<?xml version='1.0'?><svg/>", b"hello"])
def test_text_is_unsupported(data: bytes) -> None:
    with pytest.raises(UnsupportedImageError):
        decode_image(data)


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(9400, 9400), (2**31 - 1, 2**31 - 1), (60_000, 1000)])
def test_too_many_pixels_are_refused_by_the_header(size: tuple[int, int]) -> None:
    with pytest.raises(ImageTooLargeError):
        decode_image(png_claiming(*size), limits=LIMITS)


def test_the_pixel_limit_can_be_chosen() -> None:
    data = jpeg("red", (20, 20))

    assert decode_image(data, limits=ImageLimits(max_pixels=400)).size == (20, 20)
    with pytest.raises(ImageTooLargeError):
        decode_image(data, limits=ImageLimits(max_pixels=399))


@needs_shared
def test_a_text_bomb_takes_no_memory() -> None:
    data = (SHARED / "data/uploads/ztxt_bomb.png").read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(UnreadableImageError):
        decode_image(data)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def corrupted(data: bytes, places: list[tuple[int, int]]) -> bytes:
    broken = bytearray(data)
    for place, value in places:
        broken[place % len(broken)] = value
    return bytes(broken)


SEEDS = {name: encoded(picture("red", (24, 16)), name) for name in ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")}


@settings(max_examples=400)
@given(
    format=st.sampled_from(sorted(SEEDS)),
    places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8),
)
@example(format="PNG", places=[(16, 0), (17, 0), (18, 0), (19, 0)])
def test_damage_gives_a_picture_or_our_error(format: str, places: list[tuple[int, int]]) -> None:
    outcome: Any
    try:
        outcome = decode_image(corrupted(SEEDS[format], places), limits=LIMITS)
    except ImageError as error:
        outcome = error

    assert isinstance(outcome, ImageError) or outcome.mode == "RGB"
