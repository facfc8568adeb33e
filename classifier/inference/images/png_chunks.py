"""PNG files as chunks: what the pixels need of them, and what is told beside."""

import zlib
from collections.abc import Iterator

from classifier.errors import UnreadableImageError
from classifier.inference.images.essentials import Essentials
from classifier.inference.images.formats import PNG_HEAD

LONGEST_TEXT_BYTES = 256 * 1024
"""Of a compressed text that is unpacked: one of more is a bomb, which nobody sends by mistake."""
_CRITICAL = frozenset((b"IHDR", b"PLTE", b"IEND"))
_RAW_EXIF = b"Raw profile type exif"
_XMP = b"XML:com.adobe.xmp"
_SHORTEST_TRANSPARENCY = {0: 2, 2: 6, 3: 1}
"""In bytes, by colour type."""


def essentials_of_png(data: bytes) -> Essentials:
    """The file without its optional chunks but for transparency, where that is whole: no profiles, texts, animations.

    What cannot be understood stays, for the decoder to judge. Raises UnreadableImageError for a bomb of text.
    """
    kept: list[bytes | memoryview] = [PNG_HEAD]
    exif, xmp, at, colour_type, view = b"", b"", len(PNG_HEAD), 0, memoryview(data)
    for kind, start, at in _chunks(data):
        if kind == b"IDAT":
            kept.append(view[start:at])
            continue
        body = data[start + 8 : at - 4]
        if kind == b"IHDR" and len(body) >= 13:
            colour_type = body[9]
        if kind in _CRITICAL:
            kept.append(data[start:at])
        elif kind == b"tRNS":
            is_whole = zlib.crc32(kind + body) == int.from_bytes(data[at - 4 : at])
            if is_whole and len(body) >= _SHORTEST_TRANSPARENCY.get(colour_type, 1):
                kept.append(data[start:at])
        elif kind == b"eXIf":
            exif = body
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            name, text = _text(kind, body)
            exif = exif or (_unpacked_exif(text) if name == _RAW_EXIF else b"")
            xmp = text if name == _XMP else xmp
    return Essentials(b"".join([*kept, view[at:]]), exif, xmp)


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each chunk that is whole."""
    at = len(PNG_HEAD)
    while at + 12 <= len(data):
        kind, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data):
            return
        yield kind, at, end
        at = end
        if kind == b"IEND":
            return


def _text(kind: bytes, body: bytes) -> tuple[bytes, bytes]:
    """The name and the text of a chunk of text, unpacked; no text where it is broken."""
    name, _, text = body.partition(b"\0")
    is_packed = kind == b"zTXt"
    if kind == b"iTXt":
        is_packed = text[:1] == b"\1"
        text = text[1:2] + text[2:].partition(b"\0")[2].partition(b"\0")[2]
    return name, _unpacked(text[1:]) if is_packed else text[kind == b"iTXt" :]


def _unpacked(packed: bytes) -> bytes:
    try:
        text = zlib.decompressobj().decompress(packed, LONGEST_TEXT_BYTES + 1)
    except zlib.error:
        return b""
    if len(text) > LONGEST_TEXT_BYTES:
        raise UnreadableImageError
    return text


def _unpacked_exif(text: bytes) -> bytes:
    """ImageMagick's way to keep EXIF: two lines that say what and how much it is, and hexadecimal digits."""
    try:
        return bytes.fromhex("".join(text.decode("ascii").split("\n")[3:]))
    except ValueError:
        return b""
