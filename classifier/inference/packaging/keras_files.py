"""Keras networks: built in code from the catalog, or made servable when they come from people's files."""

import hashlib
import os
import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.errors import UnsupportedModelError, WeightsMismatchError, WeightsUnavailableError
from classifier.inference.packaging.catalog import Architecture, get_architecture
from classifier.inference.types import Output

if TYPE_CHECKING:
    import keras

DEFAULT_TIMEOUT_S = 10.0


def initialize_model(
    include_top: bool = True,
    weights: str | Path | None = "imagenet",
    input_tensor: Any = None,
    input_shape: tuple[int, int, int] | None = None,
    pooling: str | None = None,
    classes: int = 1000,
    *,
    architecture: str = "resnet50",
    timeout_s: float = DEFAULT_TIMEOUT_S,
) -> "keras.Model":
    """Builds a network of keras.applications; the first six arguments are those of its functions.

    `weights`: `imagenet` (downloaded once into Keras' cache and checked there), a file, or None for random ones.
    Raises UnknownModelError, WeightsUnavailableError when the download's address gives nothing for `timeout_s`
    seconds, WeightsMismatchError when a file's weights are not this network's.
    """
    known = get_architecture(architecture)
    if weights == "imagenet" and include_top:
        ensure_reachable(known, timeout_s=timeout_s)
    import keras

    build = getattr(keras.applications, known.function)
    from_file = weights if weights not in (None, "imagenet") else None
    arguments = {
        "include_top": include_top,
        "weights": None if from_file else weights,
        "input_tensor": input_tensor,
        "input_shape": input_shape,
        "pooling": pooling,
        "classes": classes,
    }
    with _socket_timeout(timeout_s):
        try:
            model = build(**arguments)
        except (OSError, urllib.error.URLError) as error:
            raise _unavailable(known, error) from error
        except Exception as error:
            # keras.utils.get_file wraps every failed download in a bare Exception.
            if "URL fetch failure" in str(error):
                raise _unavailable(known, error) from error
            raise
    if from_file:
        _load_weights(model, Path(from_file), known)
    return model


def ensure_reachable(architecture: Architecture, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> None:
    """Checks that the ImageNet weights are in Keras' cache or can be fetched. Raises WeightsUnavailableError."""
    if (_keras_home() / "models" / architecture.weights_file).exists():
        return
    request = urllib.request.Request(architecture.weights_url, method="HEAD")
    try:
        urllib.request.urlopen(request, timeout=timeout_s).close()
    except OSError as error:
        raise _unavailable(architecture, error) from error


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


def _load_weights(model: "keras.Model", path: Path, architecture: Architecture) -> None:
    if not path.is_file():
        raise WeightsUnavailableError(f"There is no weights file {path}.")
    try:
        model.load_weights(path)
    except (ValueError, OSError, KeyError) as error:
        raise WeightsMismatchError(f"{path} does not hold weights of {architecture.name}: {error}") from error


def _unavailable(architecture: Architecture, error: BaseException) -> WeightsUnavailableError:
    reason = getattr(error, "reason", None) or error
    return WeightsUnavailableError(
        f"The ImageNet weights of {architecture.name} cannot be fetched from {architecture.weights_url} ({reason}). "
        f"Either give a file you have: install_model {architecture.name} --weights FILE, "
        "or install another model, for example one in Keras' cache (KERAS_HOME)."
    )


def _keras_home() -> Path:
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")


class _socket_timeout:
    """Gives sockets a time-out for a while: Keras' downloads have none."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._before = socket.getdefaulttimeout()
        socket.setdefaulttimeout(self._seconds)

    def __exit__(self, *_: object) -> None:
        socket.setdefaulttimeout(self._before)
