"""Keras' home: where it looks for weights that were downloaded once, and where it writes nothing unasked."""

import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VARIABLE = "KERAS_HOME"


def keras_home() -> Path:
    """The folder of Keras' cache."""
    return Path(os.environ.get(VARIABLE) or Path.home() / ".keras")


@contextmanager
def importing_keras() -> Iterator[None]:
    """For the first import of Keras 3 or tf_keras.

    Both read `keras.json` in their home at that moment, or write it. Here that home is an empty folder: nothing is left
    in the user's, and what a user set there for other programs does not change a network.
    """
    own = os.environ.get(VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[VARIABLE] = folder
        try:
            yield
        finally:
            if own is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = own


def use_own_cache() -> None:
    """Lets Keras 3, once imported, look for weights in the user's home again: it remembers that of its import."""
    config: Any = importlib.import_module("keras.src.backend.config")
    config._KERAS_DIR = str(keras_home())
