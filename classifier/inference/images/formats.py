"""Formats: which are accepted, and what a file is that is none of them."""

import pi_heif

from classifier.errors import UnreadableImageError, UnsupportedImageError

pi_heif.register_heif_opener()

ACCEPTED = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
}
"""Pillow's name of each format that is ever opened, and its media type."""

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_FOREIGN = (
    b"GIF8",
    b"BM",
    b"%!PS",
    b"\xc5\xd0\xd3\xc6",
    b"%PDF",
    b"II*\x00",
    b"MM\x00*",
    b"8BPS",
    b"\x00\x00\x01\x00",
)
"""How files of formats that are not accepted begin: GIF, BMP, PostScript, EPS, PDF, TIFF, Photoshop, icon."""


def unidentified(data: bytes) -> UnreadableImageError | UnsupportedImageError:
    """Pillow knows none of the accepted formats in it: damage if it begins as one of them, else another format."""
    if data.startswith((_JPEG, _PNG)) or not _is_foreign(data):
        return UnreadableImageError()
    return UnsupportedImageError()


def _is_foreign(data: bytes) -> bool:
    start = data[:512].lstrip()
    return start.startswith(_FOREIGN) or _is_text(start)


def _is_text(start: bytes) -> bool:
    return bool(start) and all(byte >= 32 or byte in b"\t\r\n" for byte in start) and start.isascii()
