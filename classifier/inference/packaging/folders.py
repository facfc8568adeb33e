"""Model folders: written once and whole, verified when read."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classifier.errors import BrokenModelFolderError, LabelsError, ParityError
from classifier.inference.engines import open_engine
from classifier.inference.labels import read_labels, write_labels
from classifier.inference.packaging.openvino_export import export_to_openvino
from classifier.inference.preprocessing import scale_pixels
from classifier.inference.types import (
    Label,
    ModelManifest,
    Output,
    Parity,
    Pixels,
    Preprocessing,
    PublishedAccuracy,
    Scores,
)
from classifier.process.fsync import sync

if TYPE_CHECKING:
    import keras

MANIFEST, LABELS, KERAS_FILE = "model.json", "labels.json", "model.keras"
HASHED = ("model.xml", "model.bin", LABELS)
"""The files whose content, with the preprocessing, is a model's version."""
LARGEST_DIFFERENCE = 1e-4
"""Between probabilities of the exported network and of Keras, in float32."""
PROBES = 8


def install_keras_model(
    model: "keras.Model",
    *,
    models_dir: Path,
    name: str,
    architecture: str,
    preprocessing: Preprocessing,
    labels: Sequence[Label],
    output: Output,
    weights_sha256: str,
    accuracy: Mapping[str, float] | None = None,
    published: PublishedAccuracy | None = None,
    license: str = "",
) -> Path:
    """Exports a network and writes `models_dir/<name>-<version>/`, under a temporary name until it is whole.

    The same model again gives the folder that is there. Raises LabelsError when labels and outputs differ in number,
    ParityError when the export answers otherwise than Keras on probe images.
    """
    _check_labels(model, labels, output)
    models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=".installing-") as temporary:
        folder = Path(temporary) / "model"
        folder.mkdir()
        export_to_openvino(model, folder / "model.xml")
        model.save(folder / KERAS_FILE, include_optimizer=False)
        write_labels(folder / LABELS, labels)
        manifest = ModelManifest(
            name=name,
            version=content_version(folder, preprocessing, output),
            architecture=architecture,
            preprocessing=preprocessing,
            output=output,
            classes=len(labels),
            weights_sha256=weights_sha256,
            parity=_compare(model, folder, preprocessing),
            accuracy=dict(accuracy or {}),
            published=published,
            license=license,
        )
        write_manifest(folder, manifest)
        return _move_into_place(folder, models_dir / f"{name}-{manifest.version}")


def copy_model_folder(source: Path, models_dir: Path) -> Path:
    """Copies a folder that is already a model, whole or not at all. Raises BrokenModelFolderError."""
    verify(source)
    manifest = read_manifest(source)
    models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=".installing-") as temporary:
        folder = Path(temporary) / "model"
        shutil.copytree(source, folder)
        return _move_into_place(folder, models_dir / f"{manifest.name}-{manifest.version}")


def write_manifest(folder: Path, manifest: ModelManifest) -> None:
    """Writes `model.json`."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> ModelManifest:
    """Reads `model.json`. Raises BrokenModelFolderError."""
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        facts["preprocessing"] = Preprocessing(**facts["preprocessing"])
        facts["parity"] = Parity(**facts["parity"]) if facts["parity"] else None
        facts["published"] = _published(facts["published"]) if facts.get("published") else None
        return ModelManifest(**facts)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenModelFolderError(f"{folder / MANIFEST} cannot be read ({error}). Install it again.") from error


def _published(facts: dict[str, Any]) -> PublishedAccuracy:
    published = PublishedAccuracy(**facts)
    if not published.source.startswith("https://"):  # pages link to it
        raise ValueError(f"{published.source!r} is no https address")
    return published


def read_model_labels(folder: Path) -> tuple[Label, ...]:
    """The classes of a model folder, in the order of its outputs."""
    return read_labels(folder / LABELS)


def verify(folder: Path) -> None:
    """Raises BrokenModelFolderError when files are missing or not those that the version was computed from."""
    manifest = read_manifest(folder)
    missing = [name for name in HASHED if not (folder / name).is_file()]
    if missing:
        raise BrokenModelFolderError(f"{folder} lacks {', '.join(missing)}. Install the model again.")
    found = content_version(folder, manifest.preprocessing, manifest.output)
    if found != manifest.version:
        raise BrokenModelFolderError(
            f"{folder} was altered: its content is {found}, not {manifest.version}. Install it again."
        )


def probe_images(preprocessing: Preprocessing, *, count: int = PROBES) -> Pixels:
    """Smooth random pictures `(count, H, W, 3)`, scaled as the network wants; the same at every call."""
    random = np.random.default_rng(0)
    coarse = random.integers(0, 256, (count, 8, 8, 3)).astype(np.float32)
    rows = np.linspace(0, 7, preprocessing.height_px).round().astype(int)
    columns = np.linspace(0, 7, preprocessing.width_px).round().astype(int)
    return scale_pixels(coarse[:, rows][:, :, columns], preprocessing.scaling)


def parity_of(scores: Scores, reference: Scores) -> Parity:
    """How far probabilities `(N, C)` are from those they should be."""
    is_sigmoid = scores.shape[1] == 1
    best, wanted = (s[:, 0] > 0.5 if is_sigmoid else s.argmax(axis=1) for s in (scores, reference))
    return Parity(
        max_difference=float(np.abs(scores - reference).max()),
        top_1_agreement=float((best == wanted).mean()),
        probes=len(scores),
    )


def _check_labels(model: "keras.Model", labels: Sequence[Label], output: Output) -> None:
    outputs = int(model.output_shape[-1])
    wanted = 2 if output == "sigmoid" and outputs == 1 else outputs
    if len(labels) != wanted:
        raise LabelsError(f"The network tells {wanted} classes apart, but {len(labels)} labels are given.")


def _compare(model: "keras.Model", folder: Path, preprocessing: Preprocessing) -> Parity:
    probes = probe_images(preprocessing)
    exported = open_engine("openvino", folder, preprocessing).predict(probes)
    reference: Scores = np.asarray(model(probes, training=False), dtype=np.float32)
    parity = parity_of(exported, reference)
    if not parity.max_difference <= LARGEST_DIFFERENCE:
        raise ParityError(
            f"The exported network differs from Keras by {parity.max_difference:.2g} on probe images; "
            f"{LARGEST_DIFFERENCE:.0e} is allowed. Serve this model with CLASSIFIER_ENGINE=keras, or report it."
        )
    return parity


def content_version(folder: Path, preprocessing: Preprocessing, output: Output) -> str:
    """The first 12 hex digits of the hash of what decides the answers: network, labels, preprocessing, output."""
    digest = hashlib.sha256(json.dumps([asdict(preprocessing), output], sort_keys=True).encode())
    for name in HASHED:
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _move_into_place(folder: Path, destination: Path) -> Path:
    """Files and folder to the disk, then the rename; a whole folder that is there already stays."""
    if destination.exists() and _is_whole(destination):
        return destination
    shutil.rmtree(destination, ignore_errors=True)
    for path in (*folder.iterdir(), folder):
        sync(path)
    folder.rename(destination)
    sync(destination.parent)
    return destination


def _is_whole(folder: Path) -> bool:
    try:
        verify(folder)
    except BrokenModelFolderError:
        return False
    return True
