"""Photos to send: each of its own bytes, all of the size that apps send."""

import io
from functools import cache
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image


def photo(number: int, *, width: int = 1024, height: int = 768) -> bytes:
    """A JPEG that no other number gets."""
    return _base(width, height) + f"photo {number}".encode()  # decoders stop at the end marker


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    """The picture as a file of that format."""
    file = io.BytesIO()
    if format == "HEIF":  # which the server can read, but not write
        pillow_heif.from_pillow(image).save(file, **options)
    else:
        image.save(file, format, **options)
    return file.getvalue()


@cache
def _base(width: int, height: int) -> bytes:
    random = np.random.default_rng(0)
    coarse = Image.fromarray(random.integers(0, 255, (12, 16, 3), np.uint8))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC))
    grain = random.normal(0, 6, (height, width, 1))
    return encoded(Image.fromarray(np.clip(smooth + grain, 0, 255).astype(np.uint8)), "JPEG", quality=88)
