"""Decoding: from a photo's bytes to an upright RGB image of bounded size, or the reason why not."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from classifier.errors import (
    DecodingTooLargeError,
    EmptyImageError,
    ImageError,
    ImageTooLargeError,
    UnreadableImageError,
)
from classifier.inference.images.essentials import Essentials
from classifier.inference.images.formats import ACCEPTED, format_of
from classifier.inference.images.heif_items import essentials_of_heif
from classifier.inference.images.jpeg_scans import looks_cut, loses_pixels
from classifier.inference.images.jpeg_segments import essentials_of_jpeg
from classifier.inference.images.memory import decoding_bytes, large_decode_lock
from classifier.inference.images.orientation import read_orientation, swaps_sides, turned_upright
from classifier.inference.images.png_chunks import essentials_of_png
from classifier.inference.types import ImageFacts, ImageLimits

ImageFile.LOAD_TRUNCATED_IMAGES = False

OWN_PHOTOS = ImageLimits(max_pixels=2 * (Image.MAX_IMAGE_PIXELS or 0))
"""For the operator's own photos: as large as Pillow itself accepts. A door gives the limits of its settings."""
SPARE = Fraction(4, 3)
"""How many times the pixels that are needed a reduced image has at least: scaled down by less, it changes answers."""
STRIP_PX = 1_000_000
_ESSENTIALS = {"JPEG": essentials_of_jpeg, "PNG": essentials_of_png, "HEIF": essentials_of_heif}


def inspect_image(data: bytes, *, limits: ImageLimits = OWN_PHOTOS) -> ImageFacts:
    """Reads the header alone.

    Raises EmptyImageError, UnsupportedImageError for a format that is not accepted, UnreadableImageError for damage,
    ImageTooLargeError for more pixels than allowed.
    """
    with _opened(data, limits) as (image, _, orientation):
        return _facts(image, image.size, orientation)


def decode_image(data: bytes, *, limits: ImageLimits = OWN_PHOTOS, shorter_side_px: int | None = None) -> Image.Image:
    """Decodes the first frame to RGB, upright by its EXIF orientation, transparency on white.

    With `shorter_side_px`, it comes reduced to no less than `SPARE` times as many pixels, a JPEG before it is decoded.
    Raises as `inspect_image`; what takes too many pixels or too much memory is refused before any of it is decoded.
    """
    return decode_photo(data, limits=limits, shorter_side_px=shorter_side_px)[1]


def decode_photo(
    data: bytes, *, limits: ImageLimits = OWN_PHOTOS, shorter_side_px: int | None = None
) -> tuple[ImageFacts, Image.Image]:
    """What `inspect_image` and `decode_image` tell, from one look at the header."""
    with _opened(data, limits) as (image, file, orientation):
        size = image.size
        if shorter_side_px is not None:
            _ask_for_less(image, shorter_side_px)
        factor = _divisor(image.size, shorter_side_px) if shorter_side_px else 1
        bytes_needed = decoding_bytes(image, file.data, full_px=size[0] * size[1])
        _check_memory(bytes_needed + 4 * image.width * image.height // factor**2 * (factor > 1), limits)
        with large_decode_lock(bytes_needed):
            image.load()
            upright = turned_upright(_reduced(image, factor), orientation)
        if image.format == "JPEG" and (file.is_cut or looks_cut(image)):
            _check_whole(file, bytes_needed + 4 * size[0] * size[1], limits)
        upright.info.clear()
        return _facts(image, size, orientation), upright


def image_of_pixels(pixels: NDArray[np.uint8], *, limits: ImageLimits = OWN_PHOTOS) -> Image.Image:
    """The image of pixels `(H, W, 3)`, which are upright and RGB. Raises ImageTooLargeError."""
    height, width, _ = pixels.shape
    _check_size((width, height), limits)
    return Image.fromarray(pixels, "RGB")


@contextmanager
def _opened(data: bytes, limits: ImageLimits) -> Iterator[tuple[Image.Image, Essentials, int]]:
    """The image with its header read and its pixel count checked, what it is read from, and its orientation.

    Whatever fails inside becomes ours: formats' readers promise nothing about what they raise, and a damaged photo
    makes them raise anything.
    """
    if not data:
        raise EmptyImageError
    try:
        kind = format_of(data)
        file = _ESSENTIALS.get(kind, Essentials)(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(file.data), formats=[kind])
            exif, xmp = file.exif or image.info.get("exif") or b"", file.xmp or image.info.get("xmp") or b""
            orientation = read_orientation(exif, xmp)
        with image:
            _check_size(image.size, limits)
            yield image, file, orientation
    except ImageError:
        raise
    except Image.DecompressionBombError as error:
        raise ImageTooLargeError(allowed=limits.max_pixels) from error
    except Exception as error:
        raise UnreadableImageError from error


def _check_size(size: tuple[int, int], limits: ImageLimits) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise UnreadableImageError
    if width * height > limits.max_pixels:
        raise ImageTooLargeError(allowed=limits.max_pixels)


def _check_memory(bytes_needed: int, limits: ImageLimits) -> None:
    if bytes_needed > limits.max_decoding_bytes:
        raise DecodingTooLargeError(allowed=limits.max_decoding_bytes)


def _check_whole(file: Essentials, bytes_needed: int, limits: ImageLimits) -> None:
    """Decodes a JPEG in full size to see whether pixels are missing.

    One with an end that only looks cut is believed where that would take too much memory.
    """
    if file.is_cut:
        _check_memory(bytes_needed, limits)
    if bytes_needed <= limits.max_decoding_bytes:
        with large_decode_lock(bytes_needed):
            if loses_pixels(file.data):
                raise UnreadableImageError


def _facts(image: Image.Image, size: tuple[int, int], orientation: int) -> ImageFacts:
    width, height = reversed(size) if swaps_sides(orientation) else size
    return ImageFacts(content_type=ACCEPTED[image.format or ""], width=width, height=height)


def _ask_for_less(image: Image.Image, shorter_side_px: int) -> None:
    """Asks the JPEG decoder for 1/2, 1/4 or 1/8 of the size, never below `SPARE` times `shorter_side_px`."""
    width, height = image.size
    divisor = _divisor(image.size, shorter_side_px)
    if divisor > 1:
        image.draft("RGB", (width // divisor, height // divisor))


def _divisor(size: tuple[int, int], shorter_side_px: int) -> int:
    """By what each side may be divided, so that the shorter one keeps `SPARE` times `shorter_side_px`."""
    return max(1, int(min(size) / (SPARE * shorter_side_px)))


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """RGB, each side divided by `factor`; in strips, for a second image of that size would not fit in memory."""
    if factor == 1:
        return _in_rgb(image)
    width, height = image.size
    reduced = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    rows = factor * max(1, STRIP_PX // (width * factor))
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height)))
        reduced.paste(_in_rgb(strip).reduce(factor), (0, top // factor))
    return reduced


def _in_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        image = _in_eight_bits(image)
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        white = Image.new("RGB", layered.size, "white")
        white.paste(layered, mask=layered)
        return white
    return image if image.mode == "RGB" else image.convert("RGB")


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits in 8; where one shade of the many is transparent, that is decided before."""
    shade = image.info.get("transparency")
    grey = image.point(lambda value: value / 256).convert("L")
    if isinstance(shade, int):
        grey.paste(255, mask=Image.fromarray(np.asarray(image) == shade))
    grey.info.pop("transparency", None)
    return grey
