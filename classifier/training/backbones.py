"""Backbones: trained networks without their classes, which turn a photo into features."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.inference.engines.keras_files import load_keras_file
from classifier.inference.engines.tensorflow_installed import require_tensorflow
from classifier.inference.errors import ModelError
from classifier.inference.packaging.catalog import CATALOG, get_architecture
from classifier.inference.packaging.folders import KERAS_FILE
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.packaging.pretrained import initialize_model
from classifier.inference.types import Preprocessing
from classifier.training.dataset import DataSetError

DEFAULT_BACKBONES = ("efficientnet_lite0", "resnet50")
"""The best ones, best first: the first whose weights are at hand is used."""


@dataclass(frozen=True, slots=True)
class Backbone:
    """A Keras network from pixels `(N, H, W, 3)` to features `(N, F)`; how photos become its pixels; its licence."""

    name: str
    network: Any
    preprocessing: Preprocessing
    license: str = ""


def find_backbone(name: str = "", *, folder: Path | None = None) -> Backbone:
    """The backbone of a catalog name, of an installed model's folder, or the best one at hand.

    Raises ModelError when there is none, DataSetError for a network that does not end in a global average pooling.
    """
    require_tensorflow()
    if folder is not None:
        return _installed(folder)
    if name:
        return _from_catalog(name)
    failures = []
    for candidate in DEFAULT_BACKBONES:
        try:
            return _from_catalog(candidate)
        except ModelError as error:
            failures.append(str(error))
    raise DataSetError(f"No backbone is at hand. {failures[0]} Or name an installed model: --backbone NAME.")


def is_in_catalog(name: str) -> bool:
    return name in CATALOG


def _from_catalog(name: str) -> Backbone:
    architecture = get_architecture(name)
    model = initialize_model(architecture=name)
    return Backbone(name, _pooled(model, name), architecture.preprocessing, architecture.license)


def _installed(folder: Path) -> Backbone:
    manifest = read_manifest(folder)
    if not (folder / KERAS_FILE).is_file():
        raise DataSetError(f"{folder.name} has no Keras network to build on. Name another: --backbone NAME.")
    network = _pooled(load_keras_file(folder / KERAS_FILE), folder.name)
    return Backbone(manifest.architecture, network, manifest.preprocessing, manifest.license)


def _pooled(model: Any, name: str) -> Any:
    """The part up to the last global average pooling, without what follows it."""
    import keras

    pooled = [layer for layer in model.layers if isinstance(layer, keras.layers.GlobalAveragePooling2D)]
    if not pooled:
        raise DataSetError(f"{name} does not end in a global average pooling. Name another: --backbone NAME.")
    return keras.Model(model.inputs, pooled[-1].output, name=model.name)
