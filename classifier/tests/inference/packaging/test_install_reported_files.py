"""Model files of public reports: each is served as the network itself answers, or refused in one sentence."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.inference.engines import open_engine
from classifier.inference.errors import BrokenModelFolderError
from classifier.inference.packaging.install import Choices, install
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.preprocessing import scale_pixels
from classifier.inference.types import Scores
from classifier.tests.examples import SHARED, needs_shared
from classifier.tests.inference.packaging.networks import names_file

REPORTED = SHARED / "data/reported"
PLAIN_TWIN = {"model_UPPER_SUFFIX.H5": "model_list_in_list_out.h5"}
"""Files that hold the network of another one."""
LOGITS = frozenset({"model_tf_flowers_tutorial.keras"})
pytestmark = needs_shared


def expected() -> dict[str, Any]:
    path = REPORTED / "expected_model_outputs.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def probabilities(name: str, outputs: Scores) -> Scores:
    if name not in LOGITS:
        return outputs
    powers = np.exp(outputs)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize("name", sorted(path.name for path in REPORTED.glob("model_*.*")))
def test_the_served_network_answers_as_the_one_in_the_file(tmp_path: Path, name: str) -> None:
    facts = expected()[PLAIN_TWIN.get(name, name)]
    outputs = np.array(facts["output"], np.float32)
    names = (f"class {number}" for number in range(max(2, outputs.shape[1])))
    choices = Choices(labels=names_file(tmp_path, *names), scaling="unit" if "v/255" in facts["input"] else None)

    folder = install(str(REPORTED / name), models_dir=tmp_path / "models", choices=choices)

    preprocessing = read_manifest(folder).preprocessing
    pixels = np.random.default_rng(7).integers(0, 256, (2, *facts["input_shape"][1:])).astype(np.float32)
    rgb = np.broadcast_to(pixels, (*pixels.shape[:3], 3))
    served = open_engine("openvino", folder, preprocessing).predict(scale_pixels(rgb, preprocessing.scaling))
    assert served == pytest.approx(probabilities(name, outputs), abs=1e-5)


def test_an_export_of_teachable_machine_gets_photos_as_it_was_trained_on(tmp_path: Path) -> None:
    choices = Choices(labels=REPORTED / "labels_teachable_machine.txt")

    folder = install(
        str(REPORTED / "model_teachable_machine_keras_model.h5"), models_dir=tmp_path / "models", choices=choices
    )

    preprocessing = read_manifest(folder).preprocessing
    assert (preprocessing.resize, preprocessing.scaling) == ("fit", "tf")


def test_a_folder_whose_name_leads_elsewhere_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(BrokenModelFolderError, match="name"):
        install(str(REPORTED / "model_folder_name_escapes"), models_dir=tmp_path / "a" / "models")

    assert not list(tmp_path.rglob("model.json"))
