"""What phones run answers as the server does, and is whole or not there."""

import json
import shutil
from pathlib import Path

import pytest

from classifier.inference.packaging import on_device
from classifier.inference.packaging.folders import ON_DEVICE_FACTS, ON_DEVICE_FILE, copy_model_folder
from classifier.inference.packaging.install import Choices, install
from classifier.inference.packaging.on_device import OnDeviceModel
from classifier.tests.inference.packaging.networks import names_file, small_network


@pytest.fixture(scope="module")
def with_phones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small network with its form for phones."""
    models = tmp_path_factory.mktemp("phones")
    file = models / "small.keras"
    small_network().save(file)
    folder = install(str(file), models_dir=models, choices=Choices(labels=names_file(models, "cat", "dog", "owl")))
    on_device.make(folder)
    return folder


def assert_that_it_agrees(facts: OnDeviceModel) -> None:
    assert facts.probes == 200
    assert facts.top_1_agreement >= 0.995
    assert facts.max_difference < 0.02


def test_it_answers_as_the_network_does(with_phones: Path) -> None:
    facts = on_device.find(with_phones)

    assert facts
    assert_that_it_agrees(facts)
    assert facts.bytes == (with_phones / ON_DEVICE_FILE).stat().st_size


@pytest.mark.slow
def test_it_answers_as_efficientnet_lite0_does(lite0: Path, tmp_path: Path) -> None:
    folder = tmp_path / lite0.name
    shutil.copytree(lite0, folder)

    facts = on_device.make(folder)

    assert facts
    assert_that_it_agrees(facts)
    assert facts.bytes < 12_000_000


def test_it_is_made_once(with_phones: Path) -> None:
    before = (with_phones / ON_DEVICE_FILE).stat().st_mtime_ns

    assert on_device.make(with_phones) == on_device.find(with_phones)
    assert (with_phones / ON_DEVICE_FILE).stat().st_mtime_ns == before
    assert not [path.name for path in with_phones.iterdir() if path.name.startswith(".")]


def test_it_goes_with_the_folder(with_phones: Path, tmp_path: Path) -> None:
    copy = copy_model_folder(with_phones, tmp_path)

    assert on_device.find(copy) == on_device.find(with_phones)


@pytest.mark.parametrize("damage", ["cut", "no facts", "other facts"])
def test_a_file_that_is_not_the_one_written_is_none(with_phones: Path, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(with_phones, folder)
    if damage == "cut":
        (folder / ON_DEVICE_FILE).write_bytes((folder / ON_DEVICE_FILE).read_bytes()[:-1])
    elif damage == "no facts":
        (folder / ON_DEVICE_FACTS).unlink()
    else:
        (folder / ON_DEVICE_FACTS).write_text(json.dumps({"bytes": 1}))

    assert on_device.find(folder) is None


def test_a_network_without_keras_has_none(model_folder: Path) -> None:
    assert on_device.make(model_folder) is None
    assert on_device.find(model_folder) is None
