"""Keras files from strangers: nothing in them is run, and what is no network of Keras' own is refused."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import pytest

from classifier.inference.engines.keras_files import load_keras_file
from classifier.inference.errors import UnsupportedModelError
from classifier.tests.inference.packaging.networks import small_network


def altered(file: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A copy of a `.keras` file with another configuration."""
    copy = file.with_name("altered.keras")
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(copy, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "config.json":
                config = json.loads(data)
                change(config)
                data = json.dumps(config).encode()
            after.writestr(name, data)
    return copy


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.keras"
    small_network().save(path)
    return path


@pytest.mark.parametrize(
    "layer",
    [
        {"class_name": "Lambda", "module": "keras.layers", "config": {}},
        {"class_name": "TFSMLayer", "module": "keras.layers", "config": {"filepath": "x"}},
        {"class_name": "__lambda__", "config": {"value": "x"}},
        {"class_name": "TFOpLambda", "config": {"function": "io.write_file"}},
        {"class_name": "TensorFlowOpLayer", "config": {"node_def": "x"}},
        {"class_name": "run", "module": "subprocess", "config": {}},
        {"class_name": "Mine", "module": None, "registered_name": "Custom>Mine", "config": {}},
        {"class_name": "NoSuchLayer", "module": "keras.layers", "config": {}},
    ],
)
def test_a_configuration_that_could_run_code_is_refused_before_keras_sees_it(
    file: Path, layer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    def opened(*_: Any, **__: Any) -> None:
        raise AssertionError("Keras was let at the file.")

    monkeypatch.setattr(keras.saving, "load_model", opened)

    with pytest.raises(UnsupportedModelError, match=r"runs code|not known to be harmless|custom class"):
        load_keras_file(altered(file, lambda config: config["config"]["layers"].append(layer)))


def test_how_a_network_was_trained_does_not_matter(file: Path) -> None:
    custom_loss = {"class_name": "MyLoss", "module": "mine", "registered_name": "mine>MyLoss", "config": {}}

    model = load_keras_file(altered(file, lambda config: config.update(compile_config={"loss": custom_loss})))

    assert model.output_shape == (None, 3)


def test_a_harmless_function_of_tensorflow_is_read(tmp_path: Path) -> None:
    tf_keras = pytest.importorskip("tf_keras")
    inputs = tf_keras.Input((8, 8, 3))
    scaled = tf_keras.applications.mobilenet_v2.preprocess_input(inputs)
    path = tmp_path / "tutorial.h5"
    with pytest.warns(UserWarning, match="HDF5"):
        tf_keras.Model(inputs, tf_keras.layers.GlobalAveragePooling2D()(scaled)).save(path)

    assert load_keras_file(path).output_shape == (None, 3)


@pytest.mark.parametrize("is_external", [True, False], ids=["external data", "a link"])
def test_weights_in_another_file_are_refused(tmp_path: Path, is_external: bool) -> None:
    path = tmp_path / "linked.h5"
    small_network().save(path)
    with h5py.File(path, "a") as archive:
        if is_external:
            archive.create_dataset("outside", (4,), "u1", external=[("/etc/hostname", 0, 4)])
        else:
            archive["outside"] = h5py.ExternalLink("/etc/hostname", "/")

    with pytest.raises(UnsupportedModelError, match="another file"):
        load_keras_file(path)


def test_a_suffix_in_capitals_is_a_suffix(tmp_path: Path) -> None:
    path = tmp_path / "own.h5"
    small_network().save(path)

    assert load_keras_file(path.rename(tmp_path / "OWN.H5")).output_shape == (None, 3)


def test_a_function_of_its_own_is_named_and_nothing_else(file: Path) -> None:
    def change(config: dict[str, Any]) -> None:
        function = {"module": "builtins", "class_name": "function", "config": "me>mine", "registered_name": "function"}
        config["config"]["layers"][1]["config"]["activation"] = function

    with pytest.raises(UnsupportedModelError, match=r"keras: Could not locate function 'me>mine'"):
        load_keras_file(altered(file, change))
