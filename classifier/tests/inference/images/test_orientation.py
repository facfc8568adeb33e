"""Orientation, whatever the metadata say."""

import struct

import pytest
from PIL import Image

from classifier.inference.images.orientation import read_orientation, swaps_sides, turned_upright

TAG = 274
XMP = b'<x:xmpmeta><rdf:Description tiff:Orientation="%s"/></x:xmpmeta>'


def exif(value: int) -> bytes:
    return tiff(3, 1, struct.pack("<HH", value, 0))


def tiff(kind: int, count: int, value: bytes) -> bytes:
    """EXIF with an orientation of that type and number of values, which are in four bytes, or follow."""
    place = value if len(value) == 4 else struct.pack("<I", 26)
    tags = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHI", TAG, kind, count) + place + bytes(4)
    return tags + (value if len(value) > 4 else b"")


@pytest.mark.parametrize("value", range(1, 9))
def test_an_orientation_is_read(value: int) -> None:
    assert read_orientation(exif(value), b"") == value


@pytest.mark.parametrize(
    "told",
    [
        exif(0),
        exif(9),
        exif(65535),
        tiff(2, 4, b"top\0"),
        tiff(7, 1, b"\x06\0\0\0"),
        tiff(11, 1, struct.pack("<f", float("nan"))),
        tiff(11, 1, struct.pack("<f", 6.5)),
        tiff(12, 1, struct.pack("<d", float("inf"))),
        tiff(5, 1, struct.pack("<II", 6, 0)),
        tiff(3, 2, struct.pack("<HH", 6, 6)),
    ],
)
def test_a_senseless_orientation_is_upright(told: bytes) -> None:
    assert read_orientation(told, b"") == 1


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    "data", [b"", b"x", b"Exif\0\0", b"II*\0", b"II*\0\x08\0\0\0\xff\xff", b"\xff" * 50, exif(6)[:-9]]
)
def test_broken_exif_is_upright(data: bytes) -> None:
    assert read_orientation(data, b"") == 1


def test_xmp_is_asked_where_exif_says_nothing() -> None:
    assert read_orientation(b"", XMP % b"6") == 6
    assert read_orientation(exif(3), XMP % b"6") == 3
    assert read_orientation(b"", XMP % b"9") == 1


def test_turning_swaps_the_sides_of_some() -> None:
    image = Image.new("RGB", (4, 3))

    turned = {value for value in range(1, 9) if turned_upright(image, value).size == (3, 4)}

    assert turned == {value for value in range(1, 9) if swaps_sides(value)} == {5, 6, 7, 8}
