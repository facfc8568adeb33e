"""What decoding a photo costs in memory, by its header, so that no photo gets more than the server can spare."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, JpegImagePlugin

from classifier.process.memory import release_freed_memory

PIXEL_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
"""What Pillow takes for a pixel, by mode; 4 for all others."""
DECODER_BYTES = {"WEBP": 12.5, "AVIF": 12.0, "HEIF": 9.0}
"""What a decoder takes for a pixel beside Pillow's image at worst, measured: frames and planes of its own."""
PLAIN_HEIF_BYTES = 4.5
"""The same for what phones send: 8 bits and a quarter of the colour."""
COEFFICIENT_BYTES = 2
LARGE_DECODE_BYTES = 64_000_000
_large_decode = threading.Lock()
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_SCAN = 0xDA


def decoding_bytes(image: Image.Image, data: bytes, *, full_px: int) -> int:
    """The memory that `image.load()` takes; `full_px` are the pixels before a JPEG's reduction."""
    image_bytes = PIXEL_BYTES.get(image.mode, 4) * image.width * image.height
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        return image_bytes + (_coefficient_bytes(image, full_px) if _is_buffered(image, data) else 0)
    return int(image_bytes + _decoder_bytes(image) * full_px)


@contextmanager
def large_decode_lock(bytes_needed: int) -> Iterator[None]:
    """Large images are decoded one after the other, small ones whenever they come.

    What the process has kept of smaller ones goes back to the system first: it does not come on top.
    """
    if bytes_needed <= LARGE_DECODE_BYTES:
        yield
        return
    with _large_decode:
        release_freed_memory()
        yield


def _decoder_bytes(image: Image.Image) -> float:
    is_plain = image.info.get("bit_depth") == 8 and image.info.get("chroma") in (400, 420)
    if image.format == "HEIF" and is_plain:
        return PLAIN_HEIF_BYTES
    return DECODER_BYTES.get(image.format or "", 0.0)


def _coefficient_bytes(image: JpegImagePlugin.JpegImageFile, full_px: int) -> int:
    """libjpeg keeps all coefficients of a photo whose scans each bring a part of them."""
    across, down = (max(layer[axis] for layer in image.layer) or 1 for axis in (1, 2))
    samples = sum(layer[1] * layer[2] for layer in image.layer) / (across * down)
    return int(COEFFICIENT_BYTES * samples * full_px)


def _is_buffered(image: JpegImagePlugin.JpegImageFile, data: bytes) -> bool:
    return bool(image.info.get("progressive")) or _components_of_first_scan(data) < image.layers


def _components_of_first_scan(data: bytes) -> int:
    """0 when there is no scan."""
    at = 2
    while at + 4 < len(data):
        if data[at] != 0xFF or data[at + 1] == 0xFF or data[at + 1] in _STANDALONE:
            at += 1 if data[at] != 0xFF or data[at + 1] == 0xFF else 2
        elif data[at + 1] == _START_OF_SCAN:
            return data[at + 4]
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return 0
