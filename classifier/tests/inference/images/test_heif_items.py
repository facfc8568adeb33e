"""HEIF files whose items are called by other bytes than text."""

import numpy as np
import pytest
from PIL import Image

from classifier.errors import UnreadableImageError
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.heif_items import essentials_of_heif
from classifier.tests.examples import encoded, picture

ORIENTATION_6 = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
TYPE, ENTRY = b"Exif", b"infe"


def heic() -> bytes:
    return encoded(picture(), "HEIF", exif=ORIENTATION_6)


def with_size_of_last_entry(data: bytes, size: int) -> bytes:
    at = data.rfind(ENTRY) - 4
    return data[:at] + size.to_bytes(4) + data[at + 4 :]


@pytest.mark.parametrize("kind", [b"E\xffif", b"\xff\xff\xff\xff", b"\xc3\x28xx"])
def test_an_item_whose_type_is_no_text_does_not_end_the_process(kind: bytes) -> None:
    photo, odd = heic(), heic().replace(TYPE, kind, 1)

    pixels = np.asarray(decode_image(odd))

    assert odd != photo
    assert (pixels == np.asarray(decode_image(photo))).all()


def test_an_ordinary_file_stays_the_same_object() -> None:
    data = heic()

    assert essentials_of_heif(data).data is data


def test_what_only_looks_like_an_item_among_the_pixels_stays() -> None:
    body = b"\xff" * 20 + ENTRY + b"\xff" * 20
    data = heic() + (8 + len(body)).to_bytes(4) + b"mdat" + body

    assert essentials_of_heif(data).data is data


def test_items_are_found_after_a_box_of_an_impossible_size() -> None:
    hidden = (3).to_bytes(4) + b"mdat" + heic().replace(TYPE, b"E\xffif", 1)

    assert b"E?if" in essentials_of_heif(hidden).data


@pytest.mark.parametrize("size", [0, 1, 2**31])
def test_an_item_of_an_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(UnreadableImageError):
        decode_image(with_size_of_last_entry(heic(), size))


def test_the_orientation_beside_is_still_read() -> None:
    assert decode_image(encoded(Image.new("RGB", (64, 48)), "HEIF", exif=ORIENTATION_6)).size == (48, 64)
