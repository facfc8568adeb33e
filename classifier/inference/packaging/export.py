"""From a network to a model folder: exported, compared with its own runtime, and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.inference.engines import open_engine
from classifier.inference.errors import LabelsError, ModelError, ParityError
from classifier.inference.labels.reading import write_labels
from classifier.inference.openvino_runtime import ov
from classifier.inference.packaging.adapting import adapt
from classifier.inference.packaging.folders import (
    KERAS_FILE,
    LABELS,
    content_version,
    move_into_place,
    new_folder,
)
from classifier.inference.packaging.keras_networks import network_of_keras, save_adapted
from classifier.inference.packaging.manifests import check_name, write_manifest
from classifier.inference.packaging.meaning import AskedOutput, Meaning, read_meaning
from classifier.inference.packaging.networks import Network
from classifier.inference.packaging.probes import parity_of, probe_images
from classifier.inference.types import Label, ModelManifest, Parity, Preprocessing, PublishedAccuracy

LARGEST_DIFFERENCE, LARGEST_DIFFERENCE_OF_HALF = 1e-4, 2e-3
"""Between probabilities of the exported network and of its own runtime, in float32 and in 16 bits."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is told about a model beside its network."""

    name: str
    architecture: str
    weights_sha256: str
    accuracy: Mapping[str, float] = field(default_factory=dict)
    published: PublishedAccuracy | None = None
    license: str = ""
    sure_probability: float | None = None


def install_keras_model(
    model: Any,
    *,
    models_dir: Path,
    preprocessing: Preprocessing,
    labels: Sequence[Label],
    description: Description,
    network: Network | None = None,
    output: AskedOutput | None = None,
) -> Path:
    """Installs a Keras network as `install_network` does, with a copy for the engine `keras` where it is of Keras 3.

    `network`: the same, where it was read already.
    """
    network = network or network_of_keras(model, input_px=preprocessing.width_px)

    def copy(folder: Path, meaning: Meaning) -> None:
        save_adapted(model, folder / KERAS_FILE, network.input, meaning.activation)

    return install_network(
        network,
        models_dir=models_dir,
        preprocessing=preprocessing,
        labels=labels,
        description=description,
        output=output,
        add_files=copy,
    )


def install_network(
    network: Network,
    *,
    models_dir: Path,
    preprocessing: Preprocessing,
    labels: Sequence[Label],
    description: Description,
    output: AskedOutput | None = None,
    add_files: Callable[[Path, Meaning], None] = lambda *_: None,
) -> Path:
    """Exports a network and writes `models_dir/<name>-<version>/`, under a temporary name until it is whole.

    The same model again gives the folder that is there. Raises LabelsError when labels and outputs differ in number,
    UnsupportedModelError when `output` is not what the network does, ParityError when the export answers otherwise
    than the network itself on probe images, ModelError when the disk takes no more.
    """
    check_name(description.name)
    probes = probe_images(preprocessing)
    arranged = network.input.arrange(probes)
    meaning = read_meaning(network, arranged, asked=output)
    _check_labels(network, labels)
    with new_folder(models_dir) as folder:
        _save(adapt(network, meaning.activation), folder / "model.xml")
        write_labels(folder / LABELS, labels)
        add_files(folder, meaning)
        parity = parity_of(
            open_engine("openvino", folder, preprocessing).predict(probes), meaning.apply(network.predict(arranged))
        )
        _check_parity(parity, LARGEST_DIFFERENCE_OF_HALF if network.is_half else LARGEST_DIFFERENCE)
        manifest = ModelManifest(
            name=description.name,
            version=content_version(folder, preprocessing, meaning.output),
            architecture=description.architecture,
            preprocessing=preprocessing,
            output=meaning.output,
            activation=meaning.activation,
            classes=len(labels),
            weights_sha256=description.weights_sha256,
            parity=parity,
            accuracy=dict(description.accuracy),
            published=description.published,
            license=description.license,
            sure_probability=description.sure_probability,
        )
        write_manifest(folder, manifest)
        return move_into_place(folder, models_dir / f"{manifest.name}-{manifest.version}")


def _save(graph: ov.Model, file: Path) -> None:
    try:
        ov.save_model(graph, file, compress_to_fp16=False)
    except RuntimeError as error:  # OpenVINO does not say what the system said
        raise ModelError(
            f"The network cannot be written below {file.parents[2]}: the disk is full, or takes no file of its size. "
            "Make room, and do it again."
        ) from error


def _check_labels(network: Network, labels: Sequence[Label]) -> None:
    wanted = 2 if network.classes == 1 else network.classes
    if len(labels) != wanted:
        raise LabelsError(f"The network tells {wanted} classes apart, but {len(labels)} labels are given.")


def _check_parity(parity: Parity, allowed: float) -> None:
    if not parity.max_difference <= allowed:
        raise ParityError(
            f"The exported network differs from the one in the file by {parity.max_difference:.2g} on probe images; "
            f"{allowed:.0e} is allowed. Nothing was installed; please report it with the file."
        )
