"""Formats: which are accepted, known by how their files begin, and what a file is that begins otherwise."""

import codecs

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

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_JPEG_HEAD = b"\xff\xd8\xff"
_HEVC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"))
_CONTAINER_BRANDS = frozenset((b"mif1", b"mif2", b"msf1"))
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_LONGEST_FILE_TYPE = 256
_MARKS = (b"JFIF", b"Exif", b"IHDR", b"WEBP")
"""What follows soon after the beginning of an accepted format, so that it is known when that is damaged."""
_FOREIGN_HEADS = (
    b"\xff\x0a",
    b"\xff\x4f\xff\x51",
    b"\xff\xd8\xff\xf7",
    b"BPG\xfb",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"\xfd7zX",
    b"\x28\xb5\x2f\xfd",
    b"\x1a\x45\xdf\xa3",
    b"\xff\xfb",
)
"""Heads too short to look like a format's: JPEG XL, 2000 and LS, BPG, gzip, 7z, xz, zstd, Matroska, MP3."""
_TELLING_BYTES, _HEAD_BYTES, _BEGINNING_BYTES = 12, 16, 4096


def format_of(data: bytes) -> str:
    """Pillow's name of the accepted format that a file begins as.

    Raises UnsupportedImageError for a file of another format; UnreadableImageError for what is the beginning of none:
    noise, nothing but zeros, too few bytes to tell, or a damaged head.
    """
    if data.startswith(_JPEG_HEAD) and not data.startswith(_FOREIGN_HEADS):
        return "JPEG"
    if data.startswith(PNG_HEAD):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if brands := _brands(data):
        if brands[0] in _AVIF_BRANDS or (_AVIF_BRANDS.intersection(brands) and not _HEVC_BRANDS.intersection(brands)):
            return "AVIF"
        if (_HEVC_BRANDS | _CONTAINER_BRANDS).intersection(brands):
            return "HEIF"
    raise _unknown(data)


def _brands(data: bytes) -> list[bytes]:
    """The brands of an ISO base media file, the major one first: HEIC, AVIF, and films too."""
    if data[4:8] != b"ftyp":
        return []
    end = min(int.from_bytes(data[:4]), _LONGEST_FILE_TYPE)
    return [data[8:12], *(data[at : at + 4] for at in range(16, end, 4))]


def _unknown(data: bytes) -> UnreadableImageError | UnsupportedImageError:
    head = data[:_HEAD_BYTES]
    is_cut = len(data) < _TELLING_BYTES and any(
        accepted.startswith(head[: len(accepted)]) for accepted in (_JPEG_HEAD, PNG_HEAD, b"RIFF")
    )
    is_empty = not data[:_BEGINNING_BYTES].strip(b"\0")
    is_damaged = any(mark in data[: 2 * _HEAD_BYTES] for mark in _MARKS)
    return UnreadableImageError() if is_cut or is_empty or is_damaged or _is_noise(head) else UnsupportedImageError()


def _is_noise(head: bytes) -> bool:
    """Whether bytes begin no file at all: files begin with a name in letters, or with numbers, which have zeros."""
    return not (head.startswith(_FOREIGN_HEADS) or _is_text(head[:4]) or head.count(0) >= 2)


def _is_text(head: bytes) -> bool:
    return all(32 <= byte < 127 or byte in b"\t\r\n\f" for byte in head.removeprefix(codecs.BOM_UTF8))
