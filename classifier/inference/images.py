"""From an upload's bytes to an upright RGB picture, or the reason why not."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import ExifTags, Image, ImageFile, ImageOps, PngImagePlugin, UnidentifiedImageError

from classifier.errors import EmptyImageError, ImageTooLargeError, UnreadableImageError, UnsupportedImageError
from classifier.inference.types import ImageFacts, ImageLimits

pillow_heif.register_heif_opener()
ImageFile.LOAD_TRUNCATED_IMAGES = False
PngImagePlugin.MAX_TEXT_CHUNK = 256 * 1024
PngImagePlugin.MAX_TEXT_MEMORY = 1024 * 1024

ACCEPTED = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
}
"""Pillow's name of each format that is ever opened, and its media type."""

THUMBNAIL_PX, COPY_PX = 320, 1600
"""The longer side of what is made from a photo, in pixels."""

_QUARTER_TURNS = frozenset({5, 6, 7, 8})
"""The EXIF orientations that swap width and height."""
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_FOREIGN = (
    b"GIF8",
    b"BM",
    b"%!PS",
    b"\xc5\xd0\xd3\xc6",
    b"%PDF",
    b"II*\x00",
    b"MM\x00*",
    b"8BPS",
    b"\x00\x00\x01\x00",
)
"""How files of formats that are not accepted begin: GIF, BMP, PostScript, EPS, PDF, TIFF, Photoshop, icon."""
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    NotImplementedError,
    RuntimeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    MemoryError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow and its plugins raise for damaged files."""


def inspect_image(data: bytes, *, limits: ImageLimits = ImageLimits()) -> ImageFacts:
    """Reads the header alone.

    Raises EmptyImageError, UnsupportedImageError for a format that is not accepted, UnreadableImageError for damage,
    ImageTooLargeError for more pixels than allowed.
    """
    with _opened(data, limits) as image:
        width, height = image.size
        if _orientation(image) in _QUARTER_TURNS:
            width, height = height, width
        return ImageFacts(content_type=ACCEPTED[image.format or ""], width=width, height=height)


def decode_image(
    data: bytes, *, limits: ImageLimits = ImageLimits(), shorter_side_px: int | None = None
) -> Image.Image:
    """Decodes the first frame to RGB, upright by its EXIF orientation, transparency on white.

    With `shorter_side_px`, a JPEG is decoded at a reduced scale that still leaves twice as many pixels, for speed.
    Raises as `inspect_image`; more pixels than allowed are refused before any of them is decoded.
    """
    with _opened(data, limits) as image:
        if shorter_side_px is not None:
            _reduce(image, shorter_side_px)
        image.load()
        return _in_rgb(ImageOps.exif_transpose(image))


def make_thumbnail(image: Image.Image) -> bytes:
    """A JPEG of the picture, at most `THUMBNAIL_PX` on its longer side."""
    return _jpeg_of(image, size_px=THUMBNAIL_PX, quality=82)


def make_copy(image: Image.Image) -> bytes:
    """A JPEG of the picture, at most `COPY_PX` on its longer side, for other eyes than its owner's."""
    return _jpeg_of(image, size_px=COPY_PX, quality=90)


def _jpeg_of(image: Image.Image, *, size_px: int, quality: int) -> bytes:
    """Pixels alone: Pillow would take a JPEG's comment along."""
    small = image.copy()
    small.thumbnail((size_px, size_px), Image.Resampling.BILINEAR, reducing_gap=2.0)
    small.info.clear()
    file = io.BytesIO()
    small.save(file, "JPEG", quality=quality)
    return file.getvalue()


@contextmanager
def _opened(data: bytes, limits: ImageLimits) -> Iterator[Image.Image]:
    """The picture with its header read and its pixel count checked; whatever fails inside becomes ours."""
    if not data:
        raise EmptyImageError("The file is empty. Choose the photo again.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=tuple(ACCEPTED))
    except Image.DecompressionBombError as error:
        raise _too_large(limits) from error
    except UnidentifiedImageError as error:
        raise _unidentified(data) from error
    except _DAMAGE as error:
        raise _unreadable() from error
    try:
        with image:
            _check_size(image.size, limits)
            yield image
    except _DAMAGE as error:
        raise _unreadable() from error


def _check_size(size: tuple[int, int], limits: ImageLimits) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise _unreadable()
    if width * height > limits.max_pixels:
        raise _too_large(limits, f"{width} x {height} pixels are")


def _reduce(image: Image.Image, shorter_side_px: int) -> None:
    """Asks the JPEG decoder for 1/2, 1/4 or 1/8 of the size, never below twice `shorter_side_px`."""
    width, height = image.size
    scale = 2 * shorter_side_px / min(width, height)
    if scale < 1:
        image.draft("RGB", (int(width * scale) + 1, int(height * scale) + 1))


def _in_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    return int(image.getexif().get(ExifTags.Base.Orientation, 1))


def _unidentified(data: bytes) -> UnreadableImageError | UnsupportedImageError:
    """Pillow knows none of the accepted formats in it: damage if it begins as one of them, else another format."""
    if data.startswith((_JPEG, _PNG)) or not _is_foreign(data):
        return _unreadable()
    return UnsupportedImageError("This format is not accepted. Send JPEG, PNG, WebP, HEIC or AVIF.")


def _is_foreign(data: bytes) -> bool:
    start = data[:512].lstrip()
    return start.startswith(_FOREIGN) or _is_text(start)


def _is_text(start: bytes) -> bool:
    return bool(start) and all(byte >= 32 or byte in b"\t\r\n" for byte in start) and start.isascii()


def _unreadable() -> UnreadableImageError:
    return UnreadableImageError("The file is damaged or incomplete. Take or choose the photo again.")


def _too_large(limits: ImageLimits, size: str = "That is") -> ImageTooLargeError:
    return ImageTooLargeError(f"{size} more than the {limits.max_pixels:,} pixels allowed. Send a smaller photo.")
