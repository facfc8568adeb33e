"""Features: what a backbone sees in each photo, decoded and preprocessed as photos are when it serves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.inference.packaging.features import FeatureNetwork
from classifier.inference.packaging.keras_networks import network_of_keras
from classifier.process.cores import in_threads
from classifier.training.backbones import Backbone
from classifier.training.dataset import DataSetError, read_image
from classifier.training.views import random_view, served_view

MOST_VIEWS, VIEWS_IN_ALL = 6, 6000
"""Random views of a photo beside the one that serves; fewer where there are many photos, which need them less."""


@dataclass(frozen=True, slots=True)
class Features:
    """float32 `(N, 1 + V, F)` of the photos that could be read: as served, then `V` random views; where they stand in
    the list of photos; and why the others could not be read."""

    values: NDArray[np.float32]
    indices: NDArray[np.int64]
    rejected: tuple[tuple[Path, str], ...]


def extract_features(
    backbone: Backbone,
    paths: Sequence[Path],
    *,
    views: int | None = None,
    seed: int = 0,
    on_photo: Callable[[int], None] = lambda _: None,
) -> Features:
    """Runs the backbone on every photo, as served and in random views, a photo a core at a time.

    Raises DataSetError when no photo can be read.
    """
    usual = min(MOST_VIEWS, VIEWS_IN_ALL // max(1, len(paths)))
    extractor = _Extractor(backbone, views=usual if views is None else views, seed=seed)
    numbered = list(enumerate(paths))
    results = list(in_threads(lambda item: extractor.features_of(*item), numbered, on_each=on_photo))
    read = {index: result for index, result in enumerate(results) if not isinstance(result, str)}
    rejected = tuple((path, result) for path, result in zip(paths, results, strict=True) if isinstance(result, str))
    if not read:
        raise DataSetError(f"No photo could be read: {rejected[0][1] if rejected else 'there is none'}")
    return Features(np.stack(list(read.values())), np.array(list(read), np.int64), rejected)


class _Extractor:
    """The backbone in OpenVINO, which takes a quarter of TensorFlow's time."""

    def __init__(self, backbone: Backbone, *, views: int, seed: int) -> None:
        self._preprocessing, self._views, self._seed = backbone.preprocessing, views, seed
        self._network = FeatureNetwork(network_of_keras(backbone.network).graph)

    def features_of(self, index: int, path: Path) -> NDArray[np.float32] | str:
        image = read_image(path, self._preprocessing)
        if isinstance(image, str):
            return image
        random = np.random.default_rng([self._seed, index])
        views = [random_view(image, self._preprocessing, random) for _ in range(self._views)]
        return np.stack(
            [self._network.features(pixels) for pixels in (served_view(image, self._preprocessing), *views)]
        )
