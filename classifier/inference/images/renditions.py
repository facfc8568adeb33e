"""Renditions: the smaller JPEGs that are kept of a photo or shown instead of it."""

import io

from PIL import Image

from classifier.inference.images.decoding import SPARE

THUMBNAIL_PX, COPY_PX = 320, 1600
"""The longer side of what is made from a photo, in pixels."""
THUMBNAIL_SIDE_PX, COPY_SIDE_PX = int(THUMBNAIL_PX / SPARE), int(COPY_PX / SPARE)
"""The `shorter_side_px` to decode with for each: `decode_image` leaves `SPARE` times as many, or all there are."""


def decoding_side_px(network_px: int, *, is_copied: bool = False) -> int:
    """The `shorter_side_px` to decode with for a network that needs `network_px`, a thumbnail and perhaps a copy."""
    return max(network_px, COPY_SIDE_PX if is_copied else THUMBNAIL_SIDE_PX)


def make_thumbnail(image: Image.Image) -> bytes:
    """A JPEG of the image, at most `THUMBNAIL_PX` on its longer side."""
    return _jpeg_of(image, size_px=THUMBNAIL_PX, quality=82)


def make_copy(image: Image.Image) -> bytes:
    """A JPEG of the image, at most `COPY_PX` on its longer side, for other eyes than its owner's."""
    return _jpeg_of(image, size_px=COPY_PX, quality=90)


def _jpeg_of(image: Image.Image, *, size_px: int, quality: int) -> bytes:
    """Averaged over areas, half the work of a filter with weights; Pillow would take a JPEG's comment along."""
    scale = min(1.0, size_px / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    small = image.resize(size, Image.Resampling.BOX, reducing_gap=1.0)
    small.info.clear()
    file = io.BytesIO()
    small.save(file, "JPEG", quality=quality)
    return file.getvalue()
