"""HEIF files as boxes: what their items are called is made text, for a reader that no other bytes may reach."""

from collections.abc import Iterator

from classifier.errors import UnreadableImageError
from classifier.inference.images.essentials import Essentials

_HEAD_BYTES = 8
_NAMING = frozenset((b"meta", b"moov", b"mini"))
"""The boxes on top whose content names items."""
_ENTRY = b"infe"
_UNTIL_NAMES_BYTES = 4 + 2 + 2
"""Of an entry's content: version and flags, the item's number (of 16 bits at least), and its protection."""
_TEXT = bytes(range(128)) + b"?" * 128


def essentials_of_heif(data: bytes) -> Essentials:
    """The file with the types and names of its items in ASCII; a photo is told by other things.

    pi_heif 1.4.0 reads an item's type as UTF-8 and takes it for granted that it is: any other byte ends the process.
    Raises UnreadableImageError for an entry whose size cannot be.
    """
    readable: bytearray | None = None
    for start, end in _naming(data):
        for name_start, name_end in _names(data, start, end):
            names = data[name_start:name_end]
            if not names.isascii():
                readable = readable or bytearray(data)
                readable[name_start:name_end] = names.translate(_TEXT)
    return Essentials(data if readable is None else bytes(readable))


def _naming(data: bytes) -> Iterator[tuple[int, int]]:
    """From where to where items are named: all but what surely is something else."""
    at = 0
    while at < len(data):
        size, kind, end = int.from_bytes(data[at : at + 4]), data[at + 4 : at + _HEAD_BYTES], len(data)
        if size == 1:
            size = int.from_bytes(data[at + _HEAD_BYTES : at + 2 * _HEAD_BYTES])
        if size >= _HEAD_BYTES:
            end = min(at + size, len(data))
        if size < _HEAD_BYTES or kind in _NAMING:
            yield at, end
        at = end


def _names(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the texts of each entry are, wherever in a box it is: readers differ in how they get there."""
    at = data.find(_ENTRY, start, end)
    while at >= 0:
        entry_end = at - 4 + int.from_bytes(data[at - 4 : at])
        if not at < entry_end <= end:
            raise UnreadableImageError
        yield at + 4 + _UNTIL_NAMES_BYTES, entry_end
        at = data.find(_ENTRY, at + 1, end)
