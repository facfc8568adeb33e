"""The reference engine: a network in Keras itself, for checking and for what OpenVINO cannot run."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classifier.errors import BrokenModelFolderError, UnsupportedModelError
from classifier.inference.engines.keras_config import check_runs_no_code
from classifier.inference.types import Inferred, Pixels, Preprocessing, Scores

if TYPE_CHECKING:
    import keras

MODEL_FILE = "model.keras"


class KerasEngine:
    """A Keras network as one traced function, which many threads may call."""

    def __init__(self, model: Any) -> None:
        import tensorflow as tf

        self._function = tf.function(lambda batch: model(batch, training=False), autograph=False)

    def predict(self, batch: Pixels) -> Scores:
        """Probabilities `(N, C)` for a batch `(N, H, W, 3)`."""
        import tensorflow as tf

        return np.asarray(self._function(tf.constant(batch)), dtype=np.float32)

    def start(self, pixels: Pixels) -> Callable[[], Inferred]:
        """Has the answer when it returns: Keras has no calls that go on by themselves."""
        began = time.perf_counter()
        scores = self.predict(pixels[None])[0]
        inferred = Inferred(scores, (time.perf_counter() - began) * 1000)
        return lambda: inferred

    def give_up(self) -> None:
        """Nothing to do: no photo waits for another here."""

    def close(self) -> None:
        """Nothing to do: memory goes with the last reference."""


def open_folder(folder: Path, preprocessing: Preprocessing, precision: str) -> KerasEngine:
    """Loads `model.keras` and warms it up; always float32. Raises BrokenModelFolderError."""
    path = folder / MODEL_FILE
    if not path.exists():
        raise BrokenModelFolderError(f"{folder} has no {MODEL_FILE}. Install the model again, or serve with openvino.")
    engine = KerasEngine(load_keras_file(path))
    engine.predict(np.zeros((1, preprocessing.height_px, preprocessing.width_px, 3), np.float32))
    return engine


def load_keras_file(path: Path) -> "keras.Model":
    """Reads a whole network from a `.keras` or `.h5` file; its configuration is checked before anything is built.

    Raises UnsupportedModelError for what is not a Keras network, for layers that would run code out of the file, and
    for layers that Keras does not have.
    """
    check_runs_no_code(path)
    import keras

    try:
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except (ValueError, TypeError, OSError, KeyError) as error:
        raise UnsupportedModelError(f"{path} cannot be loaded as a Keras network: {error}") from error
