"""From a name or a file to a model folder: the one place where models come in."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from classifier.inference.engines.keras_files import is_teachable_machine, load_keras_file
from classifier.inference.engines.tensorflow_installed import require_tensorflow
from classifier.inference.errors import LabelsError, UnknownModelError, UnsupportedModelError
from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.labels.reading import read_labels
from classifier.inference.packaging.catalog import get_architecture
from classifier.inference.packaging.export import Description, install_keras_model, install_network
from classifier.inference.packaging.folders import copy_model_folder
from classifier.inference.packaging.hashes import file_sha256
from classifier.inference.packaging.keras_networks import network_of_keras, weights_sha256
from classifier.inference.packaging.manifests import MANIFEST, check_name
from classifier.inference.packaging.meaning import AskedOutput
from classifier.inference.packaging.onnx_networks import network_of_onnx
from classifier.inference.packaging.pretrained import initialize_model
from classifier.inference.types import Label, Preprocessing, Resize, Scaling

KERAS_SUFFIXES, ONNX_SUFFIX = frozenset({".keras", ".h5", ".hdf5"}), ".onnx"
MODEL_SUFFIXES = KERAS_SUFFIXES | {ONNX_SUFFIX}
LONGEST_NAME = 100
CUSTOM = "custom"
"""The architecture of a network that came as a file."""
_TO_ONNX = "In PyTorch: torch.onnx.export(model, torch.zeros(1, 3, 224, 224), 'model.onnx'), then install that."
_TO_KERAS = "Load it where it was made and save it as one file: model.save('model.keras'), then install that."
FOREIGN = {
    ".tflite": f"is a LiteRT (TensorFlow Lite) file, made for phones. {_TO_KERAS}",
    ".pb": f"is a TensorFlow graph. {_TO_KERAS}",
    ".pt": f"is a PyTorch file, which runs code when it is read. {_TO_ONNX}",
    ".pth": f"is a PyTorch file, which runs code when it is read. {_TO_ONNX}",
    ".safetensors": f"holds weights without their network. {_TO_ONNX}",
    ".pkl": "is a pickle, which runs code when it is read. Export the network as .onnx or .keras.",
    ".joblib": "is a pickle, which runs code when it is read. Export the network as .onnx or .keras.",
    ".mlmodel": "is a Core ML file, made for Apple's devices. Export the network as .onnx or .keras.",
    ".xml": "is a network without what a model folder tells about it. Install the .onnx or .keras file it came from.",
}
"""What files are that cannot be installed, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a file does not tell about its network; None leaves it to what the file is."""

    name: str = ""
    labels: Path | None = None
    weights: Path | None = None
    input_px: int | None = None
    resize: Resize | None = None
    scaling: Scaling | None = None
    output: AskedOutput | None = None


def install(reference: str, *, models_dir: Path, choices: Choices = Choices()) -> Path:
    """Makes the model folder of a catalog name, of an own `.keras`, `.h5` or `.onnx` file, or of a model folder.

    Raises the ModelError that tells what is wrong with it.
    """
    path = Path(reference)
    if choices.name:
        check_name(choices.name)
    if (path / MANIFEST).is_file():
        return copy_model_folder(path, models_dir)
    if path.suffix.lower() in MODEL_SUFFIXES:
        return _install_file(path, models_dir, choices)
    refuse_foreign(path)
    return _install_named(reference, models_dir, choices)


def refuse_foreign(path: Path) -> None:
    """Raises UnsupportedModelError for a file or folder that is there and is no model, with what to do instead."""
    if (path / "saved_model.pb").is_file():
        raise UnsupportedModelError(f"{path} is a SavedModel folder. {_TO_KERAS}")
    if path.is_dir():
        raise UnsupportedModelError(f"{path} is not a model folder: it has no {MANIFEST}.")
    if path.is_file():
        what = FOREIGN.get(path.suffix.lower(), "is no model file that is known.")
        raise UnsupportedModelError(f"{path} {what} Known are .keras, .h5, .onnx and model folders.")


def _install_named(name: str, models_dir: Path, choices: Choices) -> Path:
    architecture = get_architecture(name)
    require_tensorflow()
    labels = read_labels(choices.labels) if choices.labels else imagenet_labels()
    weights = choices.weights or "imagenet"
    model = initialize_model(weights=weights, classes=len(labels), architecture=name)
    return install_keras_model(
        model,
        models_dir=models_dir,
        preprocessing=architecture.preprocessing,
        labels=labels,
        description=Description(
            name=choices.name or name,
            architecture=name,
            weights_sha256=file_sha256(choices.weights) if choices.weights else weights_sha256(model),
            published=None if choices.weights else architecture.published,
            license="" if choices.weights else architecture.license,
            sure_probability=None if choices.weights else architecture.sure_probability,
        ),
    )


def _install_file(path: Path, models_dir: Path, choices: Choices) -> Path:
    if not path.is_file():
        raise UnknownModelError(f"There is no file {path}.")
    description = Description(choices.name or _name_of(path), CUSTOM, file_sha256(path))
    if path.suffix.lower() == ONNX_SUFFIX:
        network = network_of_onnx(path, input_px=choices.input_px)
        return install_network(
            network,
            models_dir=models_dir,
            preprocessing=_preprocessing(network.input.width_px, network.input.height_px, choices),
            labels=_labels_for(network.classes, choices.labels),
            description=description,
            output=choices.output,
        )
    require_tensorflow()
    model = load_keras_file(path)
    network = network_of_keras(model, input_px=choices.input_px)
    return install_keras_model(
        model,
        network=network,
        models_dir=models_dir,
        preprocessing=_preprocessing(
            network.input.width_px, network.input.height_px, choices, is_teachable=is_teachable_machine(path)
        ),
        labels=_labels_for(network.classes, choices.labels),
        description=description,
        output=choices.output,
    )


def _preprocessing(width_px: int, height_px: int, choices: Choices, *, is_teachable: bool = False) -> Preprocessing:
    """Teachable Machine's own preprocessing for its exports: the middle square, -1..1."""
    usual = Preprocessing(width_px, height_px, "fit", "tf") if is_teachable else Preprocessing(width_px, height_px)
    return replace(usual, resize=choices.resize or usual.resize, scaling=choices.scaling or usual.scaling)


def _labels_for(outputs: int, labels: Path | None) -> tuple[Label, ...]:
    if labels:
        return read_labels(labels)
    if outputs == len(imagenet_labels()):
        return imagenet_labels()
    wanted = "two class names" if outputs == 1 else f"{outputs} class names"
    raise LabelsError(f"Name the classes: --labels FILE, with {wanted}, one a line, in the order of the outputs.")


def _name_of(path: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")[:LONGEST_NAME] or "model"
