"""The photos that corrections are learnt from and judged by: groceries, ImageNet's classes, and its own food."""

import csv
import zipfile
from pathlib import Path

from benchmarks.live.operator import Shown
from benchmarks.results import SHARED_DATA
from benchmarks.samples import fresh_folder

GROCERY, PHOTOS, STARTER = SHARED_DATA / "grocery", SHARED_DATA / "photos", SHARED_DATA / "starter_eval.zip"
FOOD = (
    "n07579787", "n07583066", "n07614500", "n07695742", "n07711569", "n07715103", "n07720875", "n07734744", "n07742313",
    "n07747607", "n07749582", "n07753275", "n07753592", "n07768694", "n07717410", "n07718472", "n07714990",
)  # fmt: skip
"""ImageNet's own dishes, fruit and vegetables: the old classes nearest to groceries."""


def groceries(part: str) -> list[Shown]:
    return [Shown(path, path.parent.name) for path in sorted((GROCERY / part).glob("*/*.jpg"))]


def old_photos() -> list[Shown]:
    """Those of which the class is known."""
    with (PHOTOS / "labels.tsv").open(newline="") as file:
        return [Shown(PHOTOS / row["file"], row["wnid"]) for row in csv.DictReader(file, delimiter="\t")]


def food_photos() -> list[Shown]:
    """Small photos of ImageNet's own food, which are looked at and never learnt from."""
    folder = fresh_folder("starter")
    with zipfile.ZipFile(STARTER) as archive:
        names = [name for name in archive.namelist() if Path(name).parent.name in FOOD and not name.endswith("/")]
        archive.extractall(folder, names)
    return [Shown(folder / name, Path(name).parent.name) for name in sorted(names)]


def labels_of(photos: list[Shown]) -> list[str]:
    return sorted({shown.truth for shown in photos})
