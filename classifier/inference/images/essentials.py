"""What the pixels of a photo need of its file, apart from what is told beside: metadata may be broken, pixels not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Essentials:
    """A file that decodes to the same pixels, and the metadata that was in the whole one, unread.

    `is_cut`: the file had no end, and got one.
    """

    data: bytes
    exif: bytes = b""
    xmp: bytes = b""
    is_cut: bool = False
