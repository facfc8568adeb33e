"""Training data: folders of photos, named by class."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from classifier.errors import ClassifierError, ImageError
from classifier.inference.images.decoding import decode_image
from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.labels.reading import problem_of
from classifier.inference.preprocessing import kept_side_px
from classifier.inference.types import Label, Preprocessing

Fold: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Indices to train on, and to hold out."""
PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif"})


class DataSetError(ClassifierError):
    """Photos, or a run on them, that cannot be trained on."""


@dataclass(frozen=True, slots=True)
class PhotoFolders:
    """The photos found under a data folder: `paths[i]` shows `classes[targets[i]]`."""

    classes: tuple[str, ...]
    paths: tuple[Path, ...]
    targets: NDArray[np.int64]

    def labels(self) -> tuple[Label, ...]:
        """A label a class; folders named by an ImageNet synset get its name and keep it as their wnid."""
        names = {label.wnid: label.name for label in imagenet_labels()}
        return tuple(Label(c, names[c]) if c in names else Label("", c) for c in self.classes)


def find_photos(data_dir: Path) -> PhotoFolders:
    """Lists the photos of every class folder, whatever their depth in it.

    Raises DataSetError when there are no two classes with photos: no folder, one class, an empty class; and for a
    folder's name that no label can have.
    """
    if not data_dir.is_dir():
        raise DataSetError(f"{data_dir} is not a folder. Give a folder with one sub-folder of photos for each class.")
    folders = sorted(d for d in data_dir.iterdir() if d.is_dir() and not d.name.startswith("."))
    if not folders:
        raise DataSetError(f"{data_dir} has no class folders. Make one sub-folder of photos for each class.")
    if len(folders) == 1:
        raise DataSetError(f"{data_dir} has one class, {folders[0].name}; a classifier needs at least two.")
    for folder in folders:
        if problem := problem_of(Label("", folder.name)):
            raise DataSetError(f"The class folder {folder.name[:40]!r} {problem}. Rename it.")
    photos_of = [_photos_in(folder) for folder in folders]
    empty = [folder.name for folder, photos in zip(folders, photos_of, strict=True) if not photos]
    if empty:
        raise DataSetError(f"No photos in {', '.join(empty[:5])}. Fill or remove the empty class folders.")
    return PhotoFolders(
        classes=tuple(folder.name for folder in folders),
        paths=tuple(path for photos in photos_of for path in photos),
        targets=np.repeat(np.arange(len(photos_of)), [len(photos) for photos in photos_of]),
    )


def read_image(path: Path, preprocessing: Preprocessing) -> Image.Image | str:
    """The upright RGB image of a photo, as large as the network needs it, or why it cannot be read."""
    try:
        return decode_image(path.read_bytes(), shorter_side_px=kept_side_px(preprocessing))
    except (ImageError, OSError) as error:
        return str(error)


def group_equal_photos(paths: Sequence[Path]) -> NDArray[np.int64]:
    """A number for each photo, the same for files of the same bytes: these must never be trained and tested on."""
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    numbers = {digest: number for number, digest in enumerate(dict.fromkeys(digests))}
    return np.array([numbers[digest] for digest in digests], np.int64)


def are_in_several_classes(targets: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which photos `(N,)` have an equal one that is said to show another class: nobody can be right about both."""
    pairs = np.unique(np.stack([groups, targets], axis=1), axis=0)
    found, classes = np.unique(pairs[:, 0], return_counts=True)
    return np.isin(groups, found[classes > 1])


def folds(targets: NDArray[np.int64], groups: NDArray[np.int64], *, count: int, seed: int) -> list[Fold]:
    """Splits photos into `count` parts with the same share of each class, each held out once: (train, held out).

    Where each group is of one class, every class is among what is trained on. Raises DataSetError for a class with a
    single photo.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    smallest = min(len(np.unique(groups[targets == target])) for target in np.unique(targets))
    if smallest < 2:
        raise DataSetError(
            "Every class needs at least two different readable photos, one to train on and one to test on; photos that "
            "are in the folders of two classes do not count."
        )
    splitter = StratifiedGroupKFold(min(count, smallest), shuffle=True, random_state=seed)
    return [(train, held_out) for train, held_out in splitter.split(targets, targets, groups)]


def _photos_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
