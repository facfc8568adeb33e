"""Photos whose ImageNet class is known, and photos of things that are no ImageNet class."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import SHARED_DATA

_WNID = re.compile(r"^(n\d{8})(?!\d)")
_PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".webp"})
KNOWN, UNKNOWN = SHARED_DATA / "photos", SHARED_DATA / "grocery/test"


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo and the WordNet id of what is on it; empty for what is no class of ImageNet."""

    path: Path
    wnid: str


def known_photos(folders: list[Path]) -> list[LabelledPhoto]:
    """All photos below these folders whose names, or their folders' names, begin with a WordNet id."""
    return [photo for folder in folders for photo in _in_order(folder) if photo.wnid]


def unknown_photos(folder: Path) -> list[LabelledPhoto]:
    """All photos below a folder, as photos of nothing that ImageNet knows."""
    return [LabelledPhoto(photo.path, "") for photo in _in_order(folder)]


def _in_order(folder: Path) -> Iterator[LabelledPhoto]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _PHOTOS:
            found = _WNID.match(path.name) or _WNID.match(path.parent.name)
            yield LabelledPhoto(path, found[1] if found else "")
