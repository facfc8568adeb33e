"""JPEG files without what is told beside the pixels."""

import io

import pytest
from PIL import Image

from classifier.inference.images.decoding import decode_image, inspect_image
from classifier.inference.images.jpeg_segments import END, essentials_of_jpeg
from classifier.tests.examples import encoded, picture

GRADIENT = Image.linear_gradient("L").resize((64, 48)).convert("RGB")


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2) + payload


def with_segment(data: bytes, added: bytes) -> bytes:
    return data[:2] + added + data[2:]


def two_pictures() -> bytes:
    file = io.BytesIO()
    GRADIENT.save(file, "MPO", save_all=True, append_images=[picture("blue", (16, 12))])
    return file.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"keep_rgb": True}, {"restart_marker_blocks": 2}])
def test_the_pixels_stay_the_same(mode: str, options: dict[str, object]) -> None:
    data = encoded(GRADIENT.convert(mode), "JPEG", comment=b"hello", icc_profile=b"no profile", **options)

    essentials = essentials_of_jpeg(data)

    with Image.open(io.BytesIO(data)) as whole, Image.open(io.BytesIO(essentials.data)) as plain:
        assert (plain.mode, plain.tobytes()) == (whole.mode, whole.tobytes())
    assert b"hello" not in essentials.data
    assert not essentials.is_cut


def test_a_second_picture_is_left_out_of_account() -> None:
    data = two_pictures()

    facts, image = inspect_image(data), decode_image(data)

    assert (facts.content_type, facts.width, facts.height) == ("image/jpeg", 64, 48)
    assert image.getpixel((32, 40))[2] > 150  # type: ignore[index]


@pytest.mark.parametrize(
    "broken",
    [
        segment(0xE0, b"JFIF\0"),
        segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmp"),
        segment(0xE2, b"ICC_PROFILE\0"),
        segment(0xE2, b"MPF\0MM\0*\0\0\0\x08\xff\xff"),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04"),
        segment(0xEE, b"Adobe"),
        segment(0xFE, b""),
    ],
)
def test_a_broken_segment_of_an_application_hurts_no_pixel(broken: bytes) -> None:
    data = encoded(GRADIENT, "JPEG")

    assert decode_image(with_segment(data, broken)).tobytes() == decode_image(data).tobytes()


def test_what_is_told_beside_is_handed_out() -> None:
    data = with_segment(
        encoded(GRADIENT, "JPEG", exif=b"Exif\0\0II*\0"), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0xmp")
    )

    essentials = essentials_of_jpeg(data)

    assert (essentials.exif, essentials.xmp) == (b"II*\0", b"xmp")


def test_an_end_is_added_where_there_is_none() -> None:
    data = encoded(GRADIENT, "JPEG")

    essentials = essentials_of_jpeg(data.removesuffix(END))

    assert essentials.is_cut
    assert essentials.data.endswith(END)


@pytest.mark.parametrize("length", range(2, 40))
def test_a_file_that_ends_in_its_segments_is_left_to_the_decoder(length: int) -> None:
    essentials_of_jpeg(encoded(GRADIENT, "JPEG")[:length])
