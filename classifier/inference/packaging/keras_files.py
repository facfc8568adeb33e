"""Keras networks from people's files, made servable."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.errors import UnsupportedModelError
from classifier.inference.types import Output

if TYPE_CHECKING:
    import keras


def as_classifier(model: "keras.Model", *, input_px: int | None = None) -> tuple["keras.Model", Output]:
    """The network as it is served: RGB input `(H, W, 3)` of a fixed size, probabilities `(C,)`.

    A last layer without activation gets a softmax, or a sigmoid when it has one unit. `input_px` is needed where the
    file leaves the size open. Raises UnsupportedModelError.
    """
    import keras

    shapes = model.input_shape
    if isinstance(shapes, list | dict) or len(shapes) != 4 or shapes[3] != 3:
        raise UnsupportedModelError(f"The network's input is {shapes}; one RGB picture (height, width, 3) is needed.")
    if isinstance(model.output_shape, list | dict) or len(model.output_shape) != 2:
        raise UnsupportedModelError(f"The network's output is {model.output_shape}; one row of scores is needed.")
    height, width = shapes[1] or input_px, shapes[2] or input_px
    if not height or not width:
        raise UnsupportedModelError("The network takes pictures of any size. Say which: --input-size N.")
    inputs = keras.Input((height, width, 3))
    scores, output = _activated(model(inputs), _last_activation(model))
    return keras.Model(inputs, scores, name=model.name), output


def file_sha256(path: Path) -> str:
    """The hash of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def weights_sha256(model: "keras.Model") -> str:
    """The hash of all weights of a network, in their order."""
    digest = hashlib.sha256()
    for weight in model.get_weights():
        digest.update(weight.tobytes())
    return digest.hexdigest()


def _activated(scores: Any, activation: str) -> tuple[Any, Output]:
    import keras

    units = scores.shape[-1]
    match activation:
        case "softmax" if units > 1:
            return scores, "softmax"
        case "sigmoid":
            return scores, "sigmoid"
        case "linear" if units == 1:
            return keras.layers.Activation("sigmoid", dtype="float32")(scores), "sigmoid"
        case "linear":
            return keras.layers.Softmax(dtype="float32")(scores), "softmax"
    raise UnsupportedModelError(f"The last layer has {units} outputs and {activation}; softmax or sigmoid is needed.")


def _last_activation(model: Any) -> str:
    import keras

    layer = model.layers[-1]
    if isinstance(layer, keras.Model):
        return _last_activation(layer)
    if isinstance(layer, keras.layers.Softmax):
        return "softmax"
    activation = getattr(layer, "activation", None)
    return "linear" if activation is None else str(activation.__name__)
