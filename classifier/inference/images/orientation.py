"""Orientation: which way up a photo is, as its metadata say."""

import re

from PIL import ExifTags, Image

_SWAPPING_SIDES = frozenset({5, 6, 7, 8})
_TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes an image of each orientation upright."""
UPRIGHT = 1
_IN_XMP = re.compile(rb'tiff:Orientation(?:="|>)\s*([1-8])\b')


def read_orientation(exif: bytes, xmp: bytes) -> int:
    """The orientation, 1 to 8, by EXIF or else by XMP; upright where they say none, or nothing that makes sense."""
    value = _in_exif(exif)
    if value is None and (found := _IN_XMP.search(xmp)):
        return int(found[1])
    is_orientation = isinstance(value, int) and (value == UPRIGHT or value in _TRANSPOSE)
    return int(value) if is_orientation else UPRIGHT  # type: ignore[call-overload]


def swaps_sides(orientation: int) -> bool:
    return orientation in _SWAPPING_SIDES


def turned_upright(image: Image.Image, orientation: int) -> Image.Image:
    method = _TRANSPOSE.get(orientation)
    return image if method is None else image.transpose(method)


def _in_exif(exif: bytes) -> object:
    """Whatever is there; the reader of EXIF promises nothing about what it raises."""
    tags = Image.Exif()
    try:
        tags.load(exif)
        return tags.get(ExifTags.Base.Orientation)
    except Exception:
        return None
