"""People's Keras files: networks of Keras 3 and Keras 2, read without running anything in them."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from classifier.inference.engines.keras_config import read_config, refuse_code
from classifier.inference.engines.keras_home import importing_keras
from classifier.inference.engines.tensorflow_log import import_tensorflow
from classifier.inference.errors import UnsupportedModelError


def load_keras_file(path: Path) -> Any:
    """Reads a whole network from a `.keras` or `.h5` file, of Keras 3 or, with tf_keras, of Keras 2.

    Its configuration is checked first: raises UnsupportedModelError for what is not a Keras network, for layers that
    would run code out of the file, and for classes that Keras does not have. A network that was trained in mixed
    precision computes in float32, as its weights are: nobody else rounds in the same places.
    """
    config, version = read_config(path)
    failures: list[str] = []
    for library in _libraries(version):
        try:
            refuse_code(path, config, is_known=_Names(library))
        except UnsupportedModelError:
            if failures:  # the library that wrote the file knows its classes, and says what is really wrong
                break
            raise
        try:
            with _under_its_own_suffix(path) as file:
                return _in_float32(library.saving.load_model(file, compile=False, safe_mode=True))
        except Exception as error:  # readers of foreign files raise anything
            failures.append(f"{library.__name__}: {_innermost(error)}")
    raise UnsupportedModelError(f"{path} cannot be loaded as a Keras network ({'; '.join(failures)}).")


def _in_float32(model: Any) -> Any:
    for layer in model._flatten_layers():
        if str(layer.dtype_policy.name).startswith("mixed_"):
            if hasattr(layer, "_set_dtype_policy"):  # Keras 2
                layer._set_dtype_policy("float32")
            else:
                layer.dtype_policy = "float32"
    return model


def _innermost(error: BaseException) -> str:
    """Keras tells of the outermost part that failed first, and at the end of what really did."""
    reason = str(error).rpartition("Exception encountered: ")[2].strip()
    return reason.partition("\n")[0][:300]


def is_teachable_machine(path: Path) -> bool:
    """Whether Google's Teachable Machine exported this file: its classifier on the features of a small MobileNetV2.

    Raises UnsupportedModelError.
    """
    config, _ = read_config(path)
    parts = [layer for layer in _layers(config) if layer.get("class_name") != "InputLayer"]
    if [part.get("class_name") for part in parts] != ["Sequential", "Sequential"]:
        return False
    names = {str(layer.get("config", {}).get("name")) for inner in _layers(parts[0]) for layer in _layers(inner)}
    return {"Conv1_pad", "block_16_project"} <= names


def _layers(part: Any) -> list[dict[str, Any]]:
    config = part.get("config") if isinstance(part, dict) else None
    layers = config.get("layers") if isinstance(config, dict) else None
    return [layer for layer in layers if isinstance(layer, dict)] if isinstance(layers, list) else []


def _libraries(version: str) -> Iterator[Any]:
    """Keras 3 and tf_keras, the one first that wrote the file: the other may load it and answer otherwise."""
    import_tensorflow()
    import keras

    if not version.startswith(("1.", "2.")):
        yield keras
    try:
        with importing_keras():
            import tf_keras
    except ImportError as error:
        raise UnsupportedModelError(
            f"This file was made by Keras {version or '2'}. To read it: pip install tf-keras"
        ) from error
    yield tf_keras
    if version.startswith(("1.", "2.")):
        yield keras


class _Names:
    """Which classes one library has."""

    def __init__(self, library: Any) -> None:
        self._library = library

    def __call__(self, module: str, name: str) -> bool:
        if module.startswith("keras.src.ops") or (module, name) == ("builtins", "function"):
            return True  # Keras looks them up among its own
        rooms = ("layers", "models", "initializers", "regularizers", "constraints", "dtype_policies", "random", "Model")
        homes = [self._library, *(getattr(self._library, room, None) for room in rooms)]
        mixed = getattr(self._library, "mixed_precision", None)
        return name == "Functional" or any(hasattr(home, name) for home in (*homes, mixed) if home is not None)


@contextmanager
def _under_its_own_suffix(path: Path) -> Iterator[Path]:
    """The file under the name that Keras expects of its kind, which it tells by the suffix in lower case."""
    suffix = ".keras" if zipfile.is_zipfile(path) else ".h5"
    if path.suffix == suffix:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copy(path, Path(folder) / f"network{suffix}"))
