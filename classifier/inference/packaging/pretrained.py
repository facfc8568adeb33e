"""Networks of the catalog, built in code, with their trained weights."""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.inference.engines.keras_home import keras_home
from classifier.inference.engines.tensorflow_log import import_tensorflow
from classifier.inference.errors import WeightsMismatchError, WeightsUnavailableError
from classifier.inference.packaging.catalog import Architecture, Download, get_architecture
from classifier.inference.packaging.efficientnet_lite import assign_weights, build_efficientnet_lite
from classifier.inference.packaging.pip_weights import PipWeights, read_checked, read_pip_weights
from classifier.inference.packaging.torch_weights import read_torch_weights

if TYPE_CHECKING:
    import keras

TIMEOUT_S = 10.0
"""How long a download may be silent."""


def initialize_model(
    include_top: bool = True,
    weights: str | Path | None = "imagenet",
    input_tensor: Any = None,
    input_shape: tuple[int, int, int] | None = None,
    pooling: str | None = None,
    classes: int = 1000,
    *,
    architecture: str = "resnet50",
) -> "keras.Model":
    """Builds a network of the catalog; the first six arguments are those of the functions of keras.applications.

    `weights`: `imagenet` (downloaded once into Keras' cache, or from an installed package; checked either way), a
    file, or None for random ones. Raises UnknownModelError, WeightsUnavailableError when the package is missing or
    the download's address gives nothing for `TIMEOUT_S` seconds, WeightsMismatchError when weights are not this
    network's, UnreadableWeightsError.
    """
    known = get_architecture(architecture)
    network = {
        "include_top": include_top,
        "input_tensor": input_tensor,
        "input_shape": input_shape,
        "pooling": pooling,
        "classes": classes,
    }
    match known.weights:
        case Download() as download if weights == "imagenet":
            return _downloaded(known, download, network)
        case Download() as download:
            model = _function(download)(weights=None, **network)
        case PipWeights() as package if weights == "imagenet":
            tensors = read_torch_weights(read_pip_weights(package))  # before Keras is loaded for nothing
            import_tensorflow()
            model = build_efficientnet_lite(known.name, **network)
            assign_weights(model, tensors)
            return model
        case PipWeights():
            import_tensorflow()
            model = build_efficientnet_lite(known.name, **network)
    if weights not in (None, "imagenet"):
        _load_file(model, Path(str(weights)), known)
    return model


def ensure_reachable(architecture: Architecture) -> None:
    """Checks that the weights are here or can be fetched. Raises WeightsUnavailableError, WeightsMismatchError."""
    match architecture.weights:
        case PipWeights() as package:
            read_pip_weights(package)
        case Download() as download if not (keras_home() / "models" / download.file).exists():
            request = urllib.request.Request(download.url, method="HEAD")
            try:
                urllib.request.urlopen(request, timeout=TIMEOUT_S).close()
            except OSError as error:
                raise _unavailable(architecture, download, error) from error


def _downloaded(architecture: Architecture, download: Download, network: dict[str, Any]) -> "keras.Model":
    if network["include_top"]:
        ensure_reachable(architecture)
    build = _function(download)
    with _socket_timeout():
        try:
            return build(weights="imagenet", **network)
        except (OSError, urllib.error.URLError) as error:
            raise _unavailable(architecture, download, error) from error
        except Exception as error:
            # keras.utils.get_file wraps every failed download in a bare Exception.
            if "URL fetch failure" in str(error):
                raise _unavailable(architecture, download, error) from error
            raise


def _function(download: Download) -> Any:
    import_tensorflow()
    import keras

    return getattr(keras.applications, download.function)


def _load_file(model: "keras.Model", path: Path, architecture: Architecture) -> None:
    """A file of Keras weights, or a copy of the file that the architecture's package holds."""
    if not path.is_file():
        raise WeightsUnavailableError(f"There is no weights file {path}.")
    if isinstance(architecture.weights, PipWeights) and path.suffix == ".pth":
        repair = f"It is the one in {architecture.weights.requirement} that is read."
        assign_weights(model, read_torch_weights(read_checked(path, architecture.weights, repair=repair)))
        return
    try:
        model.load_weights(path)
    except (ValueError, OSError, KeyError) as error:
        raise WeightsMismatchError(f"{path} does not hold weights of {architecture.name}: {error}") from error


def _unavailable(architecture: Architecture, download: Download, error: BaseException) -> WeightsUnavailableError:
    reason = getattr(error, "reason", None) or error
    return WeightsUnavailableError(
        f"The ImageNet weights of {architecture.name} cannot be fetched from {download.url} ({reason}). "
        f"Either give a file you have: install_model {architecture.name} --weights FILE, "
        "or install another model, for example one in Keras' cache (KERAS_HOME)."
    )


@contextmanager
def _socket_timeout() -> Iterator[None]:
    """Gives sockets a time-out for a while: Keras' downloads have none."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(TIMEOUT_S)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
