"""Renditions: the smaller JPEGs that are kept of a photo or shown instead of it."""

import io

from PIL import Image

from classifier.inference.images.decoding import SPARE

THUMBNAIL_PX, COPY_PX = 320, 1600
"""The longer side of what is made from a photo, in pixels: of a thumbnail at least, and below twice as many."""
THUMBNAIL_QUALITY, COPY_QUALITY = 75, 90
THUMBNAIL_SIDE_PX, COPY_SIDE_PX = int(THUMBNAIL_PX / SPARE), int(COPY_PX / SPARE)
"""The `shorter_side_px` to decode with for each: `decode_image` leaves `SPARE` times as many, or all there are."""


def decoding_side_px(network_px: int, *, is_copied: bool = False) -> int:
    """The `shorter_side_px` to decode with for a network that needs `network_px`, a thumbnail and perhaps a copy."""
    return max(network_px, COPY_SIDE_PX if is_copied else THUMBNAIL_SIDE_PX)


def scaled_to_thumbnail(image: Image.Image) -> Image.Image:
    """The image, `THUMBNAIL_PX` to below twice as many on its longer side; a smaller one stays as it is.

    A whole number of pixels becomes one, which takes a quarter of the time of an exact size.
    """
    return image.reduce(max(1, max(image.size) // THUMBNAIL_PX))


def make_thumbnail(small: Image.Image) -> bytes:
    """A JPEG of an image that `scaled_to_thumbnail` made."""
    return _jpeg_of(small, quality=THUMBNAIL_QUALITY)


def make_copy(image: Image.Image) -> bytes:
    """A JPEG of the image, at most `COPY_PX` on its longer side, for other eyes than its owner's."""
    scale = min(1.0, COPY_PX / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return _jpeg_of(image.resize(size, Image.Resampling.BOX, reducing_gap=1.0), quality=COPY_QUALITY)


def _jpeg_of(image: Image.Image, *, quality: int) -> bytes:
    """Pillow would take a JPEG's comment along."""
    image.info.clear()
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()
