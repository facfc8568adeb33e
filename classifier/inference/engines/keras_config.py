"""What a Keras file says it is made of: what could run code is refused before Keras sees the file."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from classifier.inference.errors import UnsupportedModelError

HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
MAX_CONFIG_BYTES = 64 * 1024 * 1024
CODE_LAYERS = frozenset(
    {"Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "TensorFlowOpLayer", "__lambda__"}
)
"""Layers that run code out of a file."""
OP_LAYERS = frozenset({"TFOpLambda", "SlicingOpLambda", "ClassMethod", "InstanceMethod", "InstanceProperty"})
"""Keras 2's layers for a function of TensorFlow, which the file names."""
SAFE_OPS = ("math.", "nn.", "__operators__.", "image.resize", "linalg.")
SAFE_OP_NAMES = frozenset(
    {
        "cast",
        "clip_by_value",
        "concat",
        "expand_dims",
        "identity",
        "reshape",
        "reverse",
        "squeeze",
        "stack",
        "transpose",
    }
)
PLAIN_VALUES = frozenset(
    {
        "__keras_tensor__",
        "__tensor__",
        "__numpy__",
        "__tuple__",
        "__slice__",
        "__bytes__",
        "__ellipsis__",
        "TensorShape",
    }
)
"""What configurations write for values that are no objects."""


def read_config(path: Path) -> tuple[dict[str, Any], str]:
    """The network's configuration and the version of Keras that wrote it, empty when the file does not say.

    Raises UnsupportedModelError for what is not a whole Keras file.
    """
    try:
        config, version = _of_archive(path) if zipfile.is_zipfile(path) else _of_hdf5(path)
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile) as error:
        raise UnsupportedModelError(
            f"{path} is not a whole Keras network ({_first_line(error)}). Save it with model.save()."
        ) from error
    if not isinstance(config, dict):
        raise UnsupportedModelError(f"{path} is not a whole Keras network. Save it with model.save().")
    return config, version


def refuse_code(path: Path, config: dict[str, Any], *, is_known: Callable[[str, str], bool]) -> None:
    """Raises UnsupportedModelError for a layer that runs code out of the file, and for a class that is not Keras' own.

    `is_known(module, class_name)` tells whether Keras has the class; the module may be empty.
    """
    for part in _parts(config):
        name, module = str(part["class_name"]), str(part.get("module") or "")
        if name in CODE_LAYERS:
            raise UnsupportedModelError(
                f"{path} has a {name} layer, which runs code out of the file. Rebuild the network without it."
            )
        if name in OP_LAYERS:
            _refuse_unsafe_op(path, part)
        elif _is_custom(part) or not (name in PLAIN_VALUES or is_known(module, name)):
            shown = part.get("registered_name") or name
            raise UnsupportedModelError(
                f"{path} has a custom class ({shown}), which cannot be served. Rebuild it with Keras' own layers, "
                "or export the network as .onnx."
            )


def _refuse_unsafe_op(path: Path, part: dict[str, Any]) -> None:
    settings = part.get("config")
    function = str(settings.get("function", "")) if isinstance(settings, dict) else ""
    if part["class_name"] == "SlicingOpLambda" or function in SAFE_OP_NAMES or function.startswith(SAFE_OPS):
        return
    raise UnsupportedModelError(
        f"{path} calls a function of TensorFlow ({function or part['class_name']}) that is not known to be harmless. "
        "Rebuild the network with Keras' own layers."
    )


def _is_custom(part: dict[str, Any]) -> bool:
    registered, module = str(part.get("registered_name") or ""), str(part.get("module") or "keras")
    foreign = module.partition(".")[0] not in ("keras", "tf_keras", "builtins")
    return foreign or (">" in registered and not registered.startswith("keras"))


def _parts(config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything in a configuration that names a class; how the network was trained is left out, it is not loaded."""
    pending: list[Any] = [config]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            if isinstance(part.get("class_name"), str):
                yield part
            pending.extend(value for key, value in part.items() if key != "compile_config")
        elif isinstance(part, list):
            pending.extend(part)


def _of_archive(path: Path) -> tuple[Any, str]:
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo("config.json").file_size > MAX_CONFIG_BYTES:
            raise ValueError("its configuration is too large")
        config = json.loads(archive.read("config.json"))
        is_described = "metadata.json" in archive.namelist()
        metadata = json.loads(archive.read("metadata.json")) if is_described else {}
    return config, str(metadata.get("keras_version", ""))


def _of_hdf5(path: Path) -> tuple[Any, str]:
    import h5py

    with h5py.File(path, "r") as file:
        _refuse_links(file)
        version = file.attrs.get("keras_version", "")
        return json.loads(file.attrs["model_config"]), version.decode() if isinstance(version, bytes) else str(version)


def _refuse_links(group: Any) -> None:
    """HDF5 can take data from other files, by links and by external storage: weights are in the file itself."""
    import h5py

    for name in group:
        if isinstance(group.get(name, getlink=True), h5py.ExternalLink):
            raise ValueError(f"it links to another file at {name}")
        member = group[name]
        if isinstance(member, h5py.Group):
            _refuse_links(member)
        elif isinstance(member, h5py.Dataset) and member.external:
            raise ValueError(f"it keeps {name} in another file")


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).partition("\n")[0]
