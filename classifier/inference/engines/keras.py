"""The reference engine: a network in Keras itself, for checking and for what OpenVINO cannot run."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from classifier.inference.engines.keras_files import load_keras_file
from classifier.inference.engines.tensorflow_installed import require_tensorflow
from classifier.inference.errors import BrokenModelFolderError
from classifier.inference.types import Inferred, Pixels, Preprocessing, Scores

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

    def check(self) -> None:
        """Nothing to do: the network is in this process."""

    def give_up(self) -> None:
        """Nothing to do: no photo waits for another here."""

    def close(self) -> None:
        """Nothing to do: memory goes with the last reference."""


def open_folder(folder: Path, preprocessing: Preprocessing, precision: str) -> KerasEngine:
    """Loads `model.keras` and warms it up; always float32. Raises BrokenModelFolderError, ToolsMissingError."""
    require_tensorflow()
    path = folder / MODEL_FILE
    if not path.exists():
        raise BrokenModelFolderError(f"{folder} has no {MODEL_FILE}. Install the model again, or serve with openvino.")
    engine = KerasEngine(load_keras_file(path))
    engine.predict(np.zeros((1, preprocessing.height_px, preprocessing.width_px, 3), np.float32))
    return engine
