"""What a retraining learns from: photos of which people said what they show, and the reference set, as features."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from PIL import Image

from classifier.errors import ImageError, StorageUnavailableError
from classifier.feedback.dataset import key_of, named
from classifier.inference.images.decoding import decode_image
from classifier.inference.packaging.frozen import Floats, FrozenNetwork
from classifier.inference.preprocessing import kept_side_px
from classifier.inference.types import Label
from classifier.models import Feedback
from classifier.process.cores import in_threads
from classifier.training.dataset import DataSetError, find_photos, read_image
from classifier.training.views import random_view, served_view

VIEWS = 5
"""Random views of a photo beside the one that serves."""
MOST_PHOTOS = 5000
"""The newest of them are taken: half an hour of work."""


@dataclass(frozen=True, slots=True)
class Example:
    """A photo, by the key of its prediction, with what it shows; `was_right`: whether the answer was."""

    key: str
    sha256: str
    truth: Label
    was_right: bool
    features: Floats
    """`(1 + V, F)`, as served and then random views."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The photos of DATA_DIR/reference, which are never trained on: features as served `(N, F)`, and what they show."""

    features: Floats
    truths: tuple[Label, ...]


def gather(network: FrozenNetwork, *, on_photo: Callable[[int], None]) -> list[Example]:
    """All photos that can be read of which it was said what they show, at most `MOST_PHOTOS`.

    In an order that depends on the photos alone: the parts that are held out are cut in it, and keys are random.
    """
    rows = list(named().order_by("-at")[:MOST_PHOTOS])
    rows.sort(key=lambda row: (row.prediction.sha256, str(row.pk)))
    return [example for example in in_threads(lambda row: _example(network, row), rows, on_each=on_photo) if example]


def gather_reference(network: FrozenNetwork, *, on_photo: Callable[[int], None]) -> Reference | None:
    """The reference set, in folders named by class as `train_model` takes them; None where there is none.

    Raises DataSetError for a folder that is none of these.
    """
    folder = reference_folder()
    if not folder.is_dir():
        return None
    photos = find_photos(folder)
    labels = photos.labels()
    read = list(in_threads(lambda path: _served(network, path), photos.paths, on_each=on_photo))
    kept = [
        (features, labels[target])
        for features, target in zip(read, photos.targets, strict=True)
        if features is not None
    ]
    if not kept:
        raise DataSetError(f"No photo in {folder} can be read. Remove the folder, or put others into it.")
    return Reference(np.stack([features for features, _ in kept]), tuple(label for _, label in kept))


def reference_folder() -> Path:
    return Path(settings.DATA_DIR) / "reference"


def hash_of(examples: Sequence[Example]) -> str:
    """Changes with any photo, and with anything that was said of one."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(f"{example.key} {example.sha256} {key_of(example.truth)} {example.was_right}\n".encode())
    return digest.hexdigest()


def _example(network: FrozenNetwork, row: Feedback) -> Example | None:
    prediction = row.prediction
    try:
        with prediction.image.open("rb") as file:
            image = _decoded(network, file.read())
    except (ImageError, FileNotFoundError, StorageUnavailableError):
        return None
    preprocessing = network.manifest.preprocessing
    random = np.random.default_rng(int(prediction.sha256[:8] or "0", 16))
    views = [random_view(image, preprocessing, random) for _ in range(VIEWS)]
    features = np.stack([network.features(pixels) for pixels in (served_view(image, preprocessing), *views)])
    is_right = row.verdict == Feedback.Verdict.RIGHT
    return Example(str(row.pk), prediction.sha256, Label(row.wnid, row.label), is_right, features)


def _served(network: FrozenNetwork, path: Path) -> Floats | None:
    preprocessing = network.manifest.preprocessing
    image = read_image(path, preprocessing)
    return None if isinstance(image, str) else network.features(served_view(image, preprocessing))


def _decoded(network: FrozenNetwork, photo: bytes) -> Image.Image:
    return decode_image(photo, shorter_side_px=kept_side_px(network.manifest.preprocessing))
