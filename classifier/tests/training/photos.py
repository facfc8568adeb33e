"""Photos and a backbone that training can tell apart, made on the spot."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from classifier.inference.types import Preprocessing
from classifier.training.backbones import Backbone

COLOURS = {"red": (220, 30, 30), "green": (30, 200, 40), "blue": (40, 50, 210)}


def save_colours(folder: Path, *, each: int = 6) -> Path:
    """A folder for each colour, with photos of it that differ."""
    random = np.random.default_rng(0)
    for name, colour in COLOURS.items():
        (folder / name).mkdir(parents=True)
        for number in range(each):
            pixels = np.clip(np.array(colour) + random.normal(0, 25, (40, 50, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
    return folder


def small_backbone() -> Backbone:
    """Sixteen features of a photo of 32 by 32 pixels; random weights, the same at every call."""
    import keras

    keras.utils.set_random_seed(0)
    inputs = keras.Input((32, 32, 3))
    x: Any = keras.layers.Conv2D(16, 3, strides=2, use_bias=False)(inputs)
    x = keras.layers.ReLU()(keras.layers.BatchNormalization()(x))
    network = keras.Model(inputs, keras.layers.GlobalAveragePooling2D()(x), name="small")
    return Backbone("small", network, Preprocessing(32, 32, "crop", "unit"), license="CC0-1.0")
