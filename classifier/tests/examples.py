"""Pictures and model folders for tests, made on the spot."""

import io
from pathlib import Path

import pytest
from PIL import Image

SHARED = Path(__file__).resolve().parents[3] / "shared"
"""Material beside the checkout; tests that use it are skipped where it is absent."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, which is not here")


def picture(colour: str | tuple[int, ...] = "red", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, colour)


def encoded(image: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    """The picture as a file of that format."""
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def jpeg(colour: str = "red", size: tuple[int, int] = (64, 48)) -> bytes:
    return encoded(picture(colour, size))
