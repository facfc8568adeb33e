"""Photos to send: JPEGs made here, with as much detail as those of a camera."""

import io
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SEED = 4
PIXELS_PER_BYTE = 5
"""Of photos as telephones send them."""


def photo(number: int, *, width: int = 1024, height: int = 768) -> bytes:
    """A JPEG that no other number gets: decoders stop at the end marker, so what follows it tells photos apart."""
    return make_photo(width, height, byte_size=width * height // PIXELS_PER_BYTE) + f"photo {number}".encode()


@cache
def make_photo(width: int, height: int, *, byte_size: int) -> bytes:
    """A JPEG of about so many bytes, the same each time: smooth shapes, and as much grain as fills it up."""
    random = np.random.default_rng(SEED)
    coarse = Image.fromarray(random.integers(0, 256, (12, 16, 3), np.uint8))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC), np.float32)
    grain = random.standard_normal((height, width, 1), np.float32)
    low, high = 0.0, 40.0
    for _ in range(8):
        deviation = (low + high) / 2
        jpeg = _jpeg(smooth + deviation * grain)
        low, high = (deviation, high) if len(jpeg) < byte_size else (low, deviation)
    return jpeg


def _jpeg(pixels: NDArray[np.float32]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=85)
    return file.getvalue()
