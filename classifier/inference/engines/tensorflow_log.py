"""TensorFlow's own log, which its users did not ask for: kept from the terminal."""

import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from classifier.inference.engines.keras_home import importing_keras, use_own_cache


def import_tensorflow() -> Any:
    """The module `tensorflow`, imported with Keras, without what they print; errors of their own are still raised."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if "tensorflow" not in sys.modules:
        with importing_keras(), _stderr_held_back():
            import keras  # noqa: F401
            import tensorflow as tf
        use_own_cache()
        tf.get_logger().setLevel(logging.ERROR)
        tf.autograph.set_verbosity(0)
        warnings.filterwarnings("ignore", module=r"(keras|tf_keras)\b")
    return sys.modules["tensorflow"]


@contextmanager
def _stderr_held_back() -> Iterator[None]:
    """What is written to the terminal by C++, which knows nothing of `sys.stderr`; shown when the import fails."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        try:
            yield
        except BaseException:
            file.seek(0)
            os.write(kept, file.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
