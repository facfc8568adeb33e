"""What a Keras file says it is made of, read without building any of it."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from classifier.errors import UnsupportedModelError

_REFUSED = frozenset({"Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"})
"""Layers that run code out of a file."""


def check_runs_no_code(path: Path) -> None:
    """Raises UnsupportedModelError for what is not a `.keras` or `.h5` network, for layers that would run code out of
    the file, and for layers that Keras does not have."""
    for name, registered in _layers_of(path):
        if name in _REFUSED:
            raise UnsupportedModelError(
                f"{path} has a {name} layer, which runs code out of the file. Rebuild without it."
            )
        if ">" in registered and not registered.startswith("keras"):
            raise UnsupportedModelError(f"{path} has a custom layer ({registered}), which cannot be served.")


def _layers_of(path: Path) -> Iterator[tuple[str, str]]:
    """The class name and registered name of everything a model file describes."""
    try:
        config = _config_of(path)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnsupportedModelError(
            f"{path} is not a whole Keras network ({error}). Save it with model.save()."
        ) from error
    pending: list[Any] = [config]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            if isinstance(part.get("class_name"), str):
                yield part["class_name"], str(part.get("registered_name") or "")
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)


def _config_of(path: Path) -> Any:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return json.loads(archive.read("config.json"))
    import h5py

    with h5py.File(path, "r") as file:
        return json.loads(file.attrs["model_config"])
