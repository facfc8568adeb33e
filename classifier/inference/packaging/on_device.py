"""The network in the form that phones run: LiteRT in float16, made beside the model and compared with it."""

import hashlib
import json
import tempfile
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from classifier.inference.engines.tensorflow_log import import_tensorflow
from classifier.inference.packaging.folders import KERAS_FILE, ON_DEVICE_FACTS, ON_DEVICE_FILE
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.packaging.probes import parity_of, probe_images
from classifier.inference.types import Pixels, Scores
from classifier.process.fsync import sync

PROBES = 200
SMALLEST_AGREEMENT = 0.9
"""Of the best labels on probe images, which rarely have a clear one; below it the file is broken, not rounded."""


@dataclass(frozen=True, slots=True)
class OnDeviceModel:
    """What a phone has to know of its copy, and how far that is from the server's network."""

    bytes: int
    sha256: str
    precision: str
    probes: int
    top_1_agreement: float
    max_difference: float


def find(folder: Path) -> OnDeviceModel | None:
    """The phones' form of a model folder; None where there is none, or not the one that was written."""
    try:
        facts = OnDeviceModel(**json.loads((folder / ON_DEVICE_FACTS).read_bytes()))
        with (folder / ON_DEVICE_FILE).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError, TypeError):
        return None
    return facts if found == facts.sha256 else None


def make(folder: Path) -> OnDeviceModel | None:
    """Makes the phones' form of an installed model, whole or not at all; the one that is there stays.

    None where the model came as something else than a network of Keras 3, or where LiteRT answers otherwise.
    """
    if facts := find(folder):
        return facts
    if not (folder / KERAS_FILE).is_file():
        return None
    with tempfile.TemporaryDirectory(dir=folder, prefix=".on-device-") as temporary:
        file = Path(temporary) / ON_DEVICE_FILE
        _convert(folder / KERAS_FILE, file)
        facts = _compare(folder, file)
        if facts.top_1_agreement < SMALLEST_AGREEMENT:
            return None
        written = Path(temporary) / ON_DEVICE_FACTS
        written.write_text(json.dumps(asdict(facts)))
        for path in (file, written):
            sync(path)
            path.rename(folder / path.name)  # what it is last: without it there is none
        sync(folder)
    return facts


def _convert(keras_file: Path, file: Path) -> None:
    tf = import_tensorflow()
    import keras

    model = keras.models.load_model(keras_file, compile=False, safe_mode=True)
    model.export(
        str(file),
        format="litert",
        verbose=False,
        optimizations=[tf.lite.Optimize.DEFAULT],
        target_spec={"supported_types": [tf.float16]},
    )


def _compare(folder: Path, file: Path) -> OnDeviceModel:
    import keras

    probes = probe_images(read_manifest(folder).preprocessing, count=PROBES)
    model = keras.models.load_model(folder / KERAS_FILE, compile=False, safe_mode=True)
    reference = model.predict(probes, batch_size=8, verbose=0)
    parity = parity_of(run(file, probes), reference)
    content = file.read_bytes()
    return OnDeviceModel(
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        precision="float16",
        probes=parity.probes,
        top_1_agreement=parity.top_1_agreement,
        max_difference=parity.max_difference,
    )


def run(file: Path, inputs: Pixels) -> Scores:
    """What LiteRT answers, one picture at a time as a phone does: `(N, H, W, 3)` in, `(N, C)` out."""
    import numpy as np

    tf = import_tensorflow()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends a package of its own for serving, which this is not
        interpreter: Any = tf.lite.Interpreter(model_path=str(file))
    interpreter.allocate_tensors()
    (given,), (asked,) = interpreter.get_input_details(), interpreter.get_output_details()
    rows = []
    for one in inputs:
        interpreter.set_tensor(given["index"], one[None])
        interpreter.invoke()
        rows.append(interpreter.get_tensor(asked["index"])[0])
    return np.stack(rows)
