"""Formats by how their files begin."""

import io
import zipfile
from random import Random

import pytest

from classifier.errors import UnreadableImageError, UnsupportedImageError
from classifier.inference.images.formats import ACCEPTED, format_of
from classifier.tests.examples import encoded, picture

HEADS = {name: encoded(picture(), name) for name in ACCEPTED}
BRANDED = b"\x00\x00\x00\x1cftyp%s\x00\x00\x00\x00%s"


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("photo.jpg", HEADS["JPEG"])
    return file.getvalue()


FOREIGN = {
    **{
        name: encoded(picture(), name)
        for name in ("GIF", "BMP", "TIFF", "PDF", "ICO", "EPS", "TGA", "PPM", "DDS", "PCX")
    },
    "JPEG 2000": encoded(picture(), "JPEG2000"),
    "JPEG 2000 codestream": b"\xff\x4f\xff\x51\x00\x2f" + bytes(range(40, 80)),
    "JPEG XL": b"\xff\x0a" + bytes(range(100, 160)),
    "JPEG XL container": b"\x00\x00\x00\x0cJXL \r\n\x87\n",
    "JPEG LS": b"\xff\xd8\xff\xf7\x00\x0b\x08" + bytes(range(60)),
    "BigTIFF": b"II+\x00\x08\x00\x00\x00" + bytes(range(1, 60)),
    "Photoshop": b"8BPS\x00\x01\x00\x00",
    "RAW of Canon": b"II*\x00\x10\x00\x00\x00CR\x02\x00" + bytes(range(60)),
    "RAW of Canon, newer": BRANDED % (b"crx ", b"crx isom"),
    "RAW of Fuji": b"FUJIFILMCCD-RAW 0201" + bytes(range(128, 180)),
    "RAW of Nikon": b"MM\x00*\x00\x00\x00\x08" + bytes(range(60)),
    "film": BRANDED % (b"isom", b"isomavc1"),
    "film of QuickTime": BRANDED % (b"qt  ", b"qt  "),
    "Matroska": b"\x1a\x45\xdf\xa3" + bytes(range(100, 160)),
    "AVI": b"RIFF\x10\x00\x00\x00AVI LIST",
    "zip": packed(),
    "gzip": b"\x1f\x8b\x08\x08" + bytes(range(100, 160)),
    "SVG": b"<?xml version='1.0'?><svg/>",
    "HTML": "<html><body>größer</body></html>".encode(),
    "HTML with a mark": b"\xef\xbb\xbf<html>",
    "text": b"hello",
    "UTF-16": "<html>".encode("utf-16"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_accepted_format_is_known_by_its_head(name: str) -> None:
    assert format_of(HEADS[name]) == name


@pytest.mark.parametrize(
    ("brands", "name"),
    [
        ((b"heic", b"mif1heic"), "HEIF"),
        ((b"mif1", b"mif1heic"), "HEIF"),
        ((b"msf1", b"msf1hevc"), "HEIF"),
        ((b"avif", b"mif1miaf"), "AVIF"),
        ((b"mif1", b"avifmiaf"), "AVIF"),
        ((b"avis", b"avifmsf1"), "AVIF"),
    ],
)
def test_containers_are_told_apart_by_their_brands(brands: tuple[bytes, bytes], name: str) -> None:
    assert format_of(BRANDED % brands) == name


@pytest.mark.parametrize("name", FOREIGN)
def test_another_format_is_unsupported_and_not_damaged(name: str) -> None:
    with pytest.raises(UnsupportedImageError):
        format_of(FOREIGN[name])


@pytest.mark.parametrize(
    "data",
    [
        Random(1).randbytes(64_000),
        bytes(5000),
        b"\xff",
        b"\xff\xd8",
        b"\x89PN",
        b"RIFF\x10\x00\x00\x00",
        b"\x89PNG\n\x1a\n" + HEADS["PNG"][8:],
        b"\x00" + HEADS["JPEG"][1:],
    ],
    ids=["noise", "zeros", "1 byte", "2 bytes", "3 bytes", "RIFF alone", "PNG sent as text", "first byte lost"],
)
def test_what_begins_as_no_format_is_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableImageError):
        format_of(data)
