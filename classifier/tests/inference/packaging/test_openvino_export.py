"""Networks leave Keras for OpenVINO on every Python."""

from pathlib import Path
from typing import Any

import openvino as ov
import pytest

from classifier.inference.packaging.openvino_export import export_to_openvino


@pytest.fixture
def network() -> Any:
    import keras

    return keras.Sequential([keras.Input((8, 8, 3)), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(2)])


@pytest.fixture
def broken_setup(monkeypatch: pytest.MonkeyPatch) -> Any:
    """OpenVINO's function as it is on Python 3.13."""
    from openvino.frontend.tensorflow import utils

    def get_environment_setup(framework: str) -> dict[str, str]:
        raise NameError("name 'tensorflow' is not defined")

    monkeypatch.setattr(utils, "get_environment_setup", get_environment_setup)
    return get_environment_setup


def test_a_network_is_exported_where_openvinos_own_look_at_tensorflow_fails(
    network: Any, broken_setup: Any, tmp_path: Path
) -> None:
    export_to_openvino(network, tmp_path / "model.xml")

    exported = ov.Core().read_model(tmp_path / "model.xml")
    assert [output.partial_shape.to_string() for output in exported.outputs] == ["[?,2]"]


def test_openvinos_function_is_back_in_its_place_afterwards(network: Any, broken_setup: Any, tmp_path: Path) -> None:
    from openvino.frontend.tensorflow import utils

    export_to_openvino(network, tmp_path / "model.xml")

    assert utils.get_environment_setup is broken_setup
