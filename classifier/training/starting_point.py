"""The weights that training starts from, instead of random ones: those of a model trained here before."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.inference.engines.keras_files import load_keras_file
from classifier.inference.packaging.folders import KERAS_FILE, read_model_labels
from classifier.inference.types import Label
from classifier.training.dataset import DataSetError

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """A trained network, and whether it has the same classes as the one to train."""

    network: "keras.Model"
    has_same_classes: bool

    def copy_weights_to(self, model: "keras.Model") -> None:
        """Copies the weights to a network of the same architecture, but for the last layer if the classes differ."""
        skipped = None if self.has_same_classes else model.layers[-1]
        for layer, trained in zip(model.layers, self.network.layers, strict=True):
            if layer is not skipped:
                layer.set_weights(trained.get_weights())


def read_starting_point(folder: Path, architecture: str, labels: Sequence[Label]) -> StartingPoint:
    """Reads the network of a model folder that training made. Raises DataSetError for any other model's."""
    import keras

    has_keras_file = (folder / KERAS_FILE).is_file()
    layers = load_keras_file(folder / KERAS_FILE).layers if has_keras_file else []
    networks = [layer for layer in layers if isinstance(layer, keras.Model) and layer.name == architecture]
    if not networks:
        raise DataSetError(f"{folder.name} is not a {architecture} of train_model. Start from a model that is.")
    return StartingPoint(networks[0], has_same_classes=read_model_labels(folder) == tuple(labels))
