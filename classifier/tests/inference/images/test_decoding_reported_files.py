"""Pictures as people really send them: files of public reports, and what is right for each."""

import pytest

from classifier.errors import UnsupportedImageError
from classifier.inference.images.decoding import decode_image, inspect_image
from classifier.tests.examples import SHARED, needs_shared

REPORTED = SHARED / "data/reported"
CONTROL = "img_control_same_picture_ok.jpg"
SAME_PICTURE = (
    "img_exif_orient_undefined.jpg",
    "img_exif_orient_ascii_top.jpg",
    "img_exif_orient_float_nan.jpg",
    "img_jpeg_no_eoi.jpg",
)
FACTS = {
    CONTROL: ("image/jpeg", 320, 240),
    **dict.fromkeys(SAME_PICTURE, ("image/jpeg", 320, 240)),
    "img_mpo_iphone_gainmap_new.jpg": ("image/jpeg", 384, 512),
    "img_mpo_synthetic_two_pictures.jpg": ("image/jpeg", 320, 240),
    **dict.fromkeys(
        ("img_png_rawprofile_nothex.png", "img_png_gAMA_short.png", "img_png_sRGB_empty.png", "img_png_acTL_bad.png"),
        ("image/png", 64, 48),
    ),
    "img_png_gray16_trns.png": ("image/png", 64, 64),
}
FOREIGN = (
    "img_jpegxl_codestream.jxl",
    "img_jpegxl_container.jxl",
    "img_mp4_named_jpg.jpg",
    "img_raf.jpg",
    "img_bigtiff.tif",
    "img_utf8_html.jpg",
)

pytestmark = needs_shared


@pytest.mark.parametrize("name", FACTS)
def test_a_healthy_photo_is_decoded(name: str) -> None:
    data = (REPORTED / name).read_bytes()

    facts, image = inspect_image(data), decode_image(data)

    assert (facts.content_type, facts.width, facts.height) == FACTS[name]
    assert image.size == FACTS[name][1:]


@pytest.mark.parametrize("name", SAME_PICTURE)
def test_the_pixels_are_those_of_the_healthy_file(name: str) -> None:
    same, control = (decode_image((REPORTED / file).read_bytes()) for file in (name, CONTROL))

    assert same.tobytes() == control.tobytes()


def test_the_transparent_half_is_white() -> None:
    image = decode_image((REPORTED / "img_png_gray16_trns.png").read_bytes())

    assert (image.getpixel((5, 32)), image.getpixel((60, 32))) == ((255, 255, 255), (156, 156, 156))


@pytest.mark.parametrize("name", FOREIGN)
def test_another_format_is_unsupported_and_not_damaged(name: str) -> None:
    with pytest.raises(UnsupportedImageError):
        decode_image((REPORTED / name).read_bytes())


def test_every_reported_picture_is_tried() -> None:
    assert {path.name for path in REPORTED.glob("img_*")} == {*FACTS, *FOREIGN}
