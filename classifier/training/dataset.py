"""Training data: folders of photos, named by class, made into one array on disk."""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray
from PIL import Image, ImageOps

from classifier.errors import ClassifierError, ImageError
from classifier.inference.images.decoding import decode_image
from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.types import Label, Preprocessing

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


@dataclass(frozen=True, slots=True)
class PreparedPhotos:
    """uint8 `(N, S, S, 3)` on disk, their classes `(N,)`, and the photos that could not be read."""

    pixels: NDArray[np.uint8]
    targets: NDArray[np.int64]
    rejected: tuple[tuple[Path, str], ...]


def find_photos(data_dir: Path) -> PhotoFolders:
    """Lists the photos of every class folder, whatever their depth in it.

    Raises DataSetError when there are no two classes with photos: no folder, one class, an empty class.
    """
    if not data_dir.is_dir():
        raise DataSetError(f"{data_dir} is not a folder. Give a folder with one sub-folder of photos for each class.")
    folders = sorted(d for d in data_dir.iterdir() if d.is_dir() and not d.name.startswith("."))
    if not folders:
        raise DataSetError(f"{data_dir} has no class folders. Make one sub-folder of photos for each class.")
    if len(folders) == 1:
        raise DataSetError(f"{data_dir} has one class, {folders[0].name}; a classifier needs at least two.")
    photos_of = [_photos_in(folder) for folder in folders]
    empty = [folder.name for folder, photos in zip(folders, photos_of, strict=True) if not photos]
    if empty:
        raise DataSetError(f"No photos in {', '.join(empty[:5])}. Fill or remove the empty class folders.")
    return PhotoFolders(
        classes=tuple(folder.name for folder in folders),
        paths=tuple(path for photos in photos_of for path in photos),
        targets=np.repeat(np.arange(len(photos_of)), [len(photos) for photos in photos_of]),
    )


def serving_preprocessing(image_size_px: int) -> Preprocessing:
    """How a network trained on these photos is served."""
    return Preprocessing(image_size_px, image_size_px, "fit", "tf")


def prepare(
    photos: PhotoFolders,
    *,
    image_size_px: int,
    cache_dir: Path,
    on_photo: Callable[[int], None] = lambda _: None,
) -> PreparedPhotos:
    """Decodes every photo once, crops its central square and stores it under `cache_dir`.

    A second call with the same photos reads what the first wrote. Photos that cannot be read are skipped and
    reported. Raises DataSetError when a class has none left.
    """
    cache_dir.mkdir(parents=True, exist_ok=True)
    stem = cache_dir / _fingerprint(photos, image_size_px)
    array, errors_file = stem.with_suffix(".npy"), stem.with_suffix(".json")
    if not errors_file.exists():
        errors_file.write_text(json.dumps(_decode_all(photos, image_size_px, array, on_photo)))
    errors: dict[str, str] = json.loads(errors_file.read_text())
    keep = np.array([str(path) not in errors for path in photos.paths])
    targets = photos.targets[keep]
    unreadable = [name for index, name in enumerate(photos.classes) if not (targets == index).any()]
    if unreadable:
        raise DataSetError(f"No photo of {', '.join(unreadable[:5])} could be read: {next(iter(errors.values()))}")
    return PreparedPhotos(
        pixels=np.load(array, mmap_mode="r"),
        targets=targets,
        rejected=tuple((Path(path), reason) for path, reason in errors.items()),
    )


def split(targets: NDArray[np.int64], *, fraction: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices to train on and to hold out, the same fraction of each class and at least one photo of it."""
    random = np.random.default_rng([seed, 0])
    held_out = []
    for target in np.unique(targets):
        members = random.permutation(np.flatnonzero(targets == target))
        if len(members) < 2:
            raise DataSetError("Every class needs at least two readable photos: one to train on, one to test on.")
        held_out.append(members[: max(1, round(len(members) * fraction))])
    held_out_indices = np.sort(np.concatenate(held_out))
    return np.setdiff1d(np.arange(len(targets)), held_out_indices), held_out_indices


def _photos_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)


def _fingerprint(photos: PhotoFolders, side_px: int) -> str:
    digest = hashlib.sha256(str(side_px).encode())
    for path in photos.paths:
        stat = path.stat()
        digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns};".encode())
    return digest.hexdigest()[:16]


def _decode_all(photos: PhotoFolders, side: int, array: Path, on_photo: Callable[[int], None]) -> dict[str, str]:
    pixels = open_memmap(str(array), mode="w+", dtype=np.uint8, shape=(len(photos.paths), side, side, 3))
    errors: dict[str, str] = {}
    kept = 0
    with ThreadPoolExecutor() as pool:
        for path, square in zip(photos.paths, _squares(pool, photos.paths, side), strict=True):
            if isinstance(square, str):
                errors[str(path)] = square
            else:
                pixels[kept] = square
                kept += 1
            on_photo(1)
    pixels.flush()
    return errors


def _squares(
    pool: ThreadPoolExecutor, paths: tuple[Path, ...], side: int, window: int = 512
) -> Iterator[NDArray[np.uint8] | str]:
    """Each photo's central square, or why it cannot be read; at most `window` are in memory."""
    for start in range(0, len(paths), window):
        yield from pool.map(lambda path: _square(path, side), paths[start : start + window])


def _square(path: Path, side: int) -> NDArray[np.uint8] | str:
    try:
        image = decode_image(path.read_bytes(), shorter_side_px=side)
    except (ImageError, OSError) as error:
        return str(error)
    return np.asarray(ImageOps.fit(image, (side, side), Image.Resampling.BILINEAR), dtype=np.uint8)
