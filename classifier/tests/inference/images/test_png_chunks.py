"""PNG files without what is told beside the pixels."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from classifier.errors import UnreadableImageError
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.png_chunks import LONGEST_TEXT_BYTES, essentials_of_png
from classifier.tests.examples import encoded, picture

HEADER_BYTES = 8 + 25
GRADIENT = Image.linear_gradient("L").resize((24, 16))
ORIENTATION_6 = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"


def chunk(kind: bytes, body: bytes, *, checksum: int | None = None) -> bytes:
    crc = zlib.crc32(kind + body) if checksum is None else checksum
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)


def with_chunk(data: bytes, added: bytes) -> bytes:
    """The chunk after the header."""
    return data[:HEADER_BYTES] + added + data[HEADER_BYTES:]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_the_pixels_stay_the_same(mode: str) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "hello")
    data = encoded(GRADIENT.convert(mode), "PNG", pnginfo=told, dpi=(72, 72))

    plain = essentials_of_png(data).data

    with Image.open(io.BytesIO(data)) as whole, Image.open(io.BytesIO(plain)) as image:
        assert (image.mode, image.tobytes()) == (whole.mode, whole.tobytes())
    assert b"hello" not in plain


@pytest.mark.parametrize(
    "broken",
    [
        chunk(b"gAMA", b"\0"),
        chunk(b"cHRM", b"\0"),
        chunk(b"sRGB", b""),
        chunk(b"pHYs", b""),
        chunk(b"acTL", b"\0\0\0"),
        chunk(b"fcTL", bytes(26)),
        chunk(b"iCCP", b"name\0\x07nothing"),
        chunk(b"iCCP", b"name\0\0" + zlib.compress(bytes(3 * LONGEST_TEXT_BYTES))),
        chunk(b"zTXt", b"name\0\x05nothing"),
        chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 4\nnot hex\n"),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\x01\0"),
        chunk(b"eXIf", b"nothing"),
        chunk(b"tRNS", b""),
        chunk(b"tRNS", bytes(6), checksum=1),
        chunk(b"tIME", b"", checksum=1),
        chunk(b"prIv", b"anything"),
    ],
    ids=lambda added: added[4:8].decode(),
)
def test_a_broken_optional_chunk_hurts_no_pixel(broken: bytes) -> None:
    data = encoded(picture((10, 200, 90), (24, 16)), "PNG")

    assert decode_image(with_chunk(data, broken)).tobytes() == decode_image(data).tobytes()


@pytest.mark.parametrize(
    "told",
    [
        chunk(b"eXIf", ORIENTATION_6),
        chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 26\n" + ORIENTATION_6.hex().encode() + b"\n"),
        chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 26\n" + ORIENTATION_6.hex().encode())),
        chunk(b"iTXt", b'XML:com.adobe.xmp\0\0\0\0\0<x tiff:Orientation="6"/>'),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b'<x tiff:Orientation="6"/>')),
    ],
)
def test_a_photo_is_turned_upright_wherever_its_orientation_is_told(told: bytes) -> None:
    assert decode_image(with_chunk(encoded(GRADIENT, "PNG"), told)).size == (16, 24)


@pytest.mark.parametrize("head", [b"zTXt", b"iTXt"])
def test_a_bomb_of_text_is_refused(head: bytes) -> None:
    bomb = zlib.compress(bytes(LONGEST_TEXT_BYTES + 1))
    body = b"name\0\0" + bomb if head == b"zTXt" else b"name\0\1\0\0\0" + bomb

    with pytest.raises(UnreadableImageError):
        decode_image(with_chunk(encoded(GRADIENT, "PNG"), chunk(head, body)))


def test_one_shade_of_sixteen_bits_is_transparent() -> None:
    wide = Image.fromarray(np.array([[700, 700, 40_000, 40_000]] * 2, np.uint16))
    data = with_chunk(encoded(wide, "PNG"), chunk(b"tRNS", struct.pack(">H", 700)))

    image = decode_image(data)

    assert (image.getpixel((0, 0)), image.getpixel((3, 0))) == ((255, 255, 255), (156, 156, 156))


def test_the_first_picture_of_a_moving_one_is_taken() -> None:
    file = io.BytesIO()
    picture("red").save(file, "PNG", save_all=True, append_images=[picture("blue")])

    assert decode_image(file.getvalue()).getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("length", range(8, 60))
def test_a_file_that_ends_early_is_left_to_the_decoder(length: int) -> None:
    data = encoded(GRADIENT, "PNG")

    with pytest.raises(UnreadableImageError):
        decode_image(data[:length])
