"""JPEG files as segments: what the pixels need of them, and what is told beside."""

from collections.abc import Iterator

from classifier.inference.images.essentials import Essentials

END = b"\xff\xd9"
_SEGMENTLESS = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN, _COMMENT = 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_COLOUR_SEGMENTS = ((0xE0, b"JFIF\0", 14), (0xEE, b"Adobe", 12))
"""Those of the applications' segments that decide about colours, if they are not shorter than this."""


def essentials_of_jpeg(data: bytes) -> Essentials:
    """The file without what applications put into it: previews, profiles, comments, a list of further pictures.

    What cannot be understood stays, for the decoder to judge. The end marker is added where there is none.
    """
    kept: list[bytes | memoryview] = [data[:2]]
    exif, xmp, at = b"", b"", 2
    for marker, start, at in _segments(data):
        payload = data[start + 4 : at]
        if marker == 0xE1 and payload.startswith(_EXIF):
            exif += payload[len(_EXIF) :]
        elif marker == 0xE1 and payload.startswith(_XMP):
            xmp = xmp or payload[len(_XMP) :]
        if marker != _COMMENT and (marker not in _APPLICATION or _is_about_colours(marker, payload)):
            kept.append(data[start:at])
    is_cut = data.rfind(END) < at
    return Essentials(b"".join([*kept, memoryview(data)[at:], END if is_cut else b""]), exif, xmp, is_cut)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment before the first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _SEGMENTLESS:
            at += 1 if marker == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker in (_START_OF_SCAN, END[1], 0) or end > len(data):
            return
        yield marker, at, end
        at = end


def _is_about_colours(marker: int, payload: bytes) -> bool:
    return any(
        marker == known and payload.startswith(name) and len(payload) >= least
        for known, name, least in _COLOUR_SEGMENTS
    )
