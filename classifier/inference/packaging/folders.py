"""Model folders: written once and whole, verified when read."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from classifier.inference.errors import BrokenModelFolderError, LabelsError
from classifier.inference.labels.reading import read_labels
from classifier.inference.packaging.manifests import MANIFEST, read_manifest
from classifier.inference.types import Label, Output, Preprocessing
from classifier.process.fsync import sync

LABELS, KERAS_FILE, REPORT = "labels.json", "model.keras", "report.json"
HASHED = ("model.xml", "model.bin", LABELS)
"""The files whose content, with the preprocessing, is a model's version."""
ON_DEVICE_FILE, ON_DEVICE_FACTS = "on_device.tflite", "on_device.json"
KNOWN = (MANIFEST, *HASHED, KERAS_FILE, REPORT, ON_DEVICE_FILE, ON_DEVICE_FACTS)
"""All files that a model folder may have; others are left behind when it is copied."""


@contextmanager
def new_folder(models_dir: Path) -> Iterator[Path]:
    """An empty folder under a temporary name, for `move_into_place` to give its own; gone when it was not moved."""
    models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=".installing-") as temporary:
        folder = Path(temporary) / "model"
        folder.mkdir()
        yield folder


def copy_model_folder(source: Path, models_dir: Path) -> Path:
    """Copies a folder that is already a model, whole or not at all, and nothing but the files that a model has.

    Raises BrokenModelFolderError.
    """
    links = [path.name for path in source.iterdir() if path.name in KNOWN and path.is_symlink()]
    if links:
        raise BrokenModelFolderError(f"{source} has links instead of files ({', '.join(links)}). Copy the files there.")
    verify(source)
    manifest = read_manifest(source)
    with new_folder(models_dir) as folder:
        for name in KNOWN:
            if (source / name).is_file():
                shutil.copyfile(source / name, folder / name)
        verify(folder)
        return move_into_place(folder, models_dir / f"{manifest.name}-{manifest.version}")


def read_model_labels(folder: Path) -> tuple[Label, ...]:
    """The classes of a model folder, in the order of its outputs. Raises LabelsError."""
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
    try:
        labels = read_model_labels(folder)
    except LabelsError as error:
        raise BrokenModelFolderError(f"{error} Install the model again.") from error
    if len(labels) != manifest.classes:
        raise BrokenModelFolderError(f"{folder} names {len(labels)} classes of {manifest.classes}. Install it again.")


def content_version(folder: Path, preprocessing: Preprocessing, output: Output) -> str:
    """The first 12 hex digits of the hash of what decides the answers: network, labels, preprocessing, output."""
    digest = hashlib.sha256(json.dumps([asdict(preprocessing), output], sort_keys=True).encode())
    for name in HASHED:
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def move_into_place(folder: Path, destination: Path) -> Path:
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
