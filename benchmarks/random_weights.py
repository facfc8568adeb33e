"""`python -m benchmarks.random_weights ResNet50 FILE` writes random weights for a network of Keras, always the same."""

import os
import sys
from pathlib import Path

SEED = 4


def write(architecture: str, path: Path) -> None:
    os.environ.update({"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""})
    import keras

    keras.utils.set_random_seed(SEED)
    getattr(keras.applications, architecture)(weights=None).save_weights(path)


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]))
