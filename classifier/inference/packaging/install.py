"""From a name or a file to a model folder: the one place where models come in."""

import re
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import LabelsError, UnknownModelError
from classifier.inference.engines.keras import load_keras_file
from classifier.inference.labels import imagenet_labels, read_labels
from classifier.inference.packaging.catalog import get_architecture
from classifier.inference.packaging.folders import MANIFEST, copy_model_folder, install_keras_model
from classifier.inference.packaging.keras_files import (
    as_classifier,
    file_sha256,
    weights_sha256,
)
from classifier.inference.packaging.pretrained import DEFAULT_TIMEOUT_S, initialize_model
from classifier.inference.types import Label, Preprocessing, Resize, Scaling

MODEL_SUFFIXES = frozenset({".keras", ".h5", ".hdf5"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What a file does not tell about its network."""

    name: str = ""
    labels: Path | None = None
    weights: Path | None = None
    input_px: int | None = None
    resize: Resize = "crop"
    scaling: Scaling = "none"
    timeout_s: float = DEFAULT_TIMEOUT_S


def install(reference: str, *, models_dir: Path, choices: Choices = Choices()) -> Path:
    """Makes the model folder of a catalog name, of an own `.keras` or `.h5` file, or of a folder that is one already.

    Raises the ModelError that tells what is wrong with it.
    """
    path = Path(reference)
    if (path / MANIFEST).is_file():
        return copy_model_folder(path, models_dir)
    if path.suffix in MODEL_SUFFIXES:
        return _install_file(path, models_dir, choices)
    return _install_named(reference, models_dir, choices)


def _install_named(name: str, models_dir: Path, choices: Choices) -> Path:
    architecture = get_architecture(name)
    labels = read_labels(choices.labels) if choices.labels else imagenet_labels()
    weights = choices.weights or "imagenet"
    model = initialize_model(weights=weights, classes=len(labels), architecture=name, timeout_s=choices.timeout_s)
    return install_keras_model(
        model,
        models_dir=models_dir,
        name=choices.name or name,
        architecture=name,
        preprocessing=architecture.preprocessing,
        labels=labels,
        output="softmax",
        weights_sha256=file_sha256(choices.weights) if choices.weights else weights_sha256(model),
        published=None if choices.weights else architecture.published,
        license="" if choices.weights else architecture.license,
    )


def _install_file(path: Path, models_dir: Path, choices: Choices) -> Path:
    if not path.is_file():
        raise UnknownModelError(f"There is no file {path}.")
    model, output = as_classifier(load_keras_file(path), input_px=choices.input_px)
    _, height, width, _ = model.input_shape
    return install_keras_model(
        model,
        models_dir=models_dir,
        name=choices.name or _name_of(path),
        architecture="custom",
        preprocessing=Preprocessing(width, height, choices.resize, choices.scaling),
        labels=_labels_for(int(model.output_shape[-1]), choices.labels),
        output=output,
        weights_sha256=file_sha256(path),
    )


def _labels_for(outputs: int, labels: Path | None) -> tuple[Label, ...]:
    if labels:
        return read_labels(labels)
    if outputs == len(imagenet_labels()):
        return imagenet_labels()
    wanted = "two class names" if outputs == 1 else f"{outputs} class names"
    raise LabelsError(f"Name the classes: --labels FILE, with {wanted}, one a line, in the order of the outputs.")


def _name_of(path: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_") or "model"
