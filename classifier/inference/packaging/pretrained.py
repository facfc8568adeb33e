"""Networks of the catalog, built in code, with their trained weights."""

import os
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.errors import WeightsMismatchError, WeightsUnavailableError
from classifier.inference.packaging.catalog import Architecture, get_architecture

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

    build = getattr(keras.applications, known.weights.function)
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
    if (_keras_home() / "models" / architecture.weights.file).exists():
        return
    request = urllib.request.Request(architecture.weights.url, method="HEAD")
    try:
        urllib.request.urlopen(request, timeout=timeout_s).close()
    except OSError as error:
        raise _unavailable(architecture, error) from error


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
        f"The ImageNet weights of {architecture.name} cannot be fetched from {architecture.weights.url} ({reason}). "
        f"Either give a file you have: install_model {architecture.name} --weights FILE, "
        "or install another model, for example one in Keras' cache (KERAS_HOME)."
    )


def _keras_home() -> Path:
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")


@contextmanager
def _socket_timeout(seconds: float) -> Iterator[None]:
    """Gives sockets a time-out for a while: Keras' downloads have none."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
