"""The photos that are sent: two made ones, which every server gets alike, and the real ones beside the project."""

import atexit
import csv
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.live.client import multipart
from benchmarks.live.photos import make_photo
from benchmarks.results import ROOT

FOLDER = ROOT / "var/benchmarks"
SHARED_DATA = ROOT.parent / "shared/data"
SIZES = {"1024": (1024, 768, 150_000), "12mpx": (4032, 3024, 2_400_000)}
"""Of the made photos: width, height and, as nearly as grain can make it, bytes."""


def photo(size: str) -> Path:
    """A JPEG of that size; made once."""
    path = FOLDER / "photos" / f"{size}.jpg"
    if not path.exists():
        width, height, byte_size = SIZES[size]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_photo(width, height, byte_size=byte_size))
    return path


def body(size: str) -> Path:
    """The form that carries it."""
    path = FOLDER / "photos" / f"{size}.multipart"
    path.write_bytes(multipart(photo(size).read_bytes()))
    return path


def real_photos() -> list[Path]:
    """Photos of one ImageNet class each; none where the data is not there."""
    return sorted((SHARED_DATA / "photos").glob("*.jpg"))


def labelled_photos() -> Iterator[tuple[bytes, str]]:
    """Those of them whose class is known: the photo and its WordNet id."""
    listing = SHARED_DATA / "photos/labels.tsv"
    if not listing.exists():
        return
    with listing.open(newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield (listing.parent / row["file"]).read_bytes(), row["wnid"]


def fresh_folder(name: str) -> Path:
    """An empty folder on the disk that the project's data would be on; a temporary one may be mere memory.

    It goes when the program ends, and not before: for some minutes after files were deleted, an ext4 without a journal
    looks at each freed inode before it makes a file, which took 1 ms a file.
    """
    folder = FOLDER / "data" / f"{name}-{time.time_ns()}"
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
