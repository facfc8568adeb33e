"""`python -m benchmarks.random_weights FILE` writes a ResNet-50 of random weights, the same each time."""

import os
import sys
from pathlib import Path

SEED = 4


def write(path: Path) -> None:
    os.environ.update({"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""})
    import keras

    keras.utils.set_random_seed(SEED)
    keras.applications.ResNet50(weights=None).save_weights(path)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
