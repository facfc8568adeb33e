"""JPEG files without their end, or with one too early: whether a pixel is lost."""

import hashlib
import io
import re
from dataclasses import dataclass, field

from PIL import Image

from classifier.inference.images.jpeg_segments import END

_FILLERS = (b"\x00" * 64, b"\x55" * 64, b"\xaa" * 64)
"""Bits that a decoder reads where those of the photo are missing; none of it is a marker."""
_GREY = {"RGB": (128, 128, 128), "L": 128}
"""What libjpeg makes of blocks that are missing."""
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_FRAMES, _SCAN, _RESTART_INTERVAL = frozenset({0xC0, 0xC1, 0xC2}), 0xDA, 0xDD
_STRIP_PX = 1_000_000
_COEFFICIENTS = 64


def looks_cut(image: Image.Image) -> bool:
    """Whether the last pixel of a decoded image is as grey as one that was not there."""
    return image.getpixel((image.width - 1, image.height - 1)) == _GREY.get(image.mode)


def loses_pixels(data: bytes) -> bool:
    """Whether pixels of a JPEG are missing: decodes it some times.

    Where all are there, no decoder reads on; where some are missing, it takes what follows for them. Two things this
    does not see are counted: parts between restart markers, and scans that bring the photo bit by bit.
    """
    layout = _Layout.of(data)
    whole = data[: layout.end].rstrip(b"\xff")
    if whole.endswith(bytes(len(_FILLERS[0]))) or not layout.is_complete:
        return True
    return len({_digest(whole + filler + END) for filler in _FILLERS}) > 1


def _digest(data: bytes) -> bytes:
    """Of the pixels, taken in strips: a second copy of all of them would not fit in memory."""
    digest = hashlib.blake2b()
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        image.load()
        rows = max(1, _STRIP_PX // image.width)
        for top in range(0, image.height, rows):
            digest.update(image.crop((0, top, image.width, min(top + rows, image.height))).tobytes())
    return digest.digest()


@dataclass
class _Layout:
    """Which components, scans and restarts a file says it has, and which it has."""

    width: int = 0
    height: int = 0
    sampling: dict[int, tuple[int, int]] = field(default_factory=dict)
    restart_interval: int = 0
    missing: set[tuple[int, int]] = field(default_factory=set)
    """Components and coefficients whose last bit no scan has brought yet."""
    restarts_missing: int = 0
    end: int = 0

    @classmethod
    def of(cls, data: bytes) -> "_Layout":
        layout, at = cls(), 2
        while found := _MARKER.search(data, at):
            marker, start = found[1][0], found.end()
            if marker == END[1]:
                layout.end = found.start()
                break
            at = start + int.from_bytes(data[start : start + 2])
            body = data[start + 2 : at]
            if marker in _FRAMES:
                layout._read_frame(body)
            elif marker == _RESTART_INTERVAL:
                layout.restart_interval = int.from_bytes(body[:2])
            elif marker == _SCAN:
                following = _MARKER.search(data, at)
                entropy_coded = data[at : following.start() if following else len(data)]
                layout._read_scan(body, restarts=len(_RESTART.findall(entropy_coded)))
        return layout

    @property
    def is_complete(self) -> bool:
        return bool(self.sampling) and not self.missing and self.restarts_missing <= 0

    def _read_frame(self, body: bytes) -> None:
        self.height, self.width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
        parts = [body[at : at + 3] for at in range(6, len(body) - 2, 3)]
        self.sampling = {part[0]: (part[1] >> 4 or 1, part[1] & 15 or 1) for part in parts}
        self.missing = {(component, number) for component in self.sampling for number in range(_COEFFICIENTS)}

    def _read_scan(self, body: bytes, *, restarts: int) -> None:
        components = [body[at] for at in range(1, len(body) - 3, 2)]
        first, last, bits = body[-3:]
        if bits & 15 == 0:
            self.missing -= {(component, number) for component in components for number in range(first, last + 1)}
        if self.restart_interval:
            self.restarts_missing = (self._units(components) - 1) // self.restart_interval - restarts

    def _units(self, components: list[int]) -> int:
        """How many units a scan has: blocks of one component, or all that belongs together of several."""
        across, down = (max(factors) for factors in zip(*self.sampling.values(), strict=True))
        if len(components) > 1:
            return _ceil(self.width, 8 * across) * _ceil(self.height, 8 * down)
        own = self.sampling.get(components[0], (1, 1)) if components else (1, 1)
        return _ceil(_ceil(self.width * own[0], across), 8) * _ceil(_ceil(self.height * own[1], down), 8)


def _ceil(size: int, unit: int) -> int:
    return -(-size // unit)
