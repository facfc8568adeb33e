"""Networks that PyTorch and others export: served as they answer."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from classifier.inference.errors import UnsupportedModelError
from classifier.inference.packaging.frozen import FrozenNetwork
from classifier.inference.packaging.install import Choices, install
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.packaging.meaning import AskedOutput
from classifier.inference.service import ClassifierService
from classifier.tests.examples import picture
from classifier.tests.inference.packaging.networks import BIAS, MIX, colour_onnx, linear_onnx

RED = np.array([254 / 255, 0, 0])


def choices(folder: Path, *, output: AskedOutput | None = None, input_px: int | None = None) -> Choices:
    names = folder / "names.txt"
    names.write_text("red\ngreen\nblue\nother\n")
    return Choices(labels=names, scaling="unit", output=output, input_px=input_px)


def continued(
    file: Path,
    step: onnx.NodeProto,
    *,
    shape: list[int],
    dtype: int = TensorProto.FLOAT,
    constants: Sequence[onnx.TensorProto] = (),
) -> Path:
    """The same network with a step more behind its scores."""
    network = onnx.load(file)
    network.graph.node.append(step)
    network.graph.initializer.extend(constants)
    network.graph.output[0].CopyFrom(helper.make_tensor_value_info(step.output[0], dtype, shape))
    onnx.save(network, file)
    return file


def answers(folder: Path) -> dict[str, float]:
    top = ClassifierService.open(folder).classify(picture((254, 0, 0), (40, 40))).top
    return {scored.label: scored.probability for scored in top}


def softmax(logits: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(logits) / np.exp(logits).sum())


@pytest.mark.parametrize("channels_first", [True, False])
@pytest.mark.parametrize("last", ["Softmax", "LogSoftmax", "Identity"])
def test_probabilities_are_the_networks_own(tmp_path: Path, channels_first: bool, last: str) -> None:
    file = colour_onnx(tmp_path / "colours.onnx", channels_first=channels_first, last=last)

    folder = install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path))

    wanted = dict(zip(("red", "green", "blue", "other"), softmax(RED @ MIX), strict=True))
    assert answers(folder) == pytest.approx(wanted, abs=1e-4)
    assert read_manifest(folder).activation == ("none" if last == "Softmax" else "softmax")


def test_classes_that_stand_alone_keep_their_probabilities(tmp_path: Path) -> None:
    file = colour_onnx(tmp_path / "colours.onnx", last="Sigmoid")

    folder = install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path))

    wanted = dict(zip(("red", "green", "blue", "other"), 1 / (1 + np.exp(-(RED @ MIX))), strict=True))
    assert answers(folder) == pytest.approx(wanted, abs=1e-4)


def test_a_network_of_half_precision_is_served(tmp_path: Path) -> None:
    file = colour_onnx(tmp_path / "half.onnx", dtype=TensorProto.FLOAT16)

    folder = install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path))

    assert max(answers(folder), key=lambda name: answers(folder)[name]) == "red"


def test_a_network_of_any_size_needs_one(tmp_path: Path) -> None:
    file = colour_onnx(tmp_path / "any.onnx", side="side")
    with pytest.raises(UnsupportedModelError, match="--input-size"):
        install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path))

    folder = install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path, input_px=24))

    assert read_manifest(folder).preprocessing.width_px == 24


@pytest.mark.parametrize("content", [b"", b"not a network", b"\x08\x07\x12\x04"])
def test_a_file_that_is_no_network_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.onnx"
    file.write_bytes(content)

    with pytest.raises(UnsupportedModelError, match=r"broken\.onnx|no inputs|0 inputs"):
        install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path))


@pytest.mark.parametrize(
    ("last", "asked", "said"),
    [
        ("Softmax", "logits", "probabilities already"),
        ("Sigmoid", "softmax", "do not sum to 1"),
        ("Sigmoid", "logits", "probabilities already"),
    ],
)
def test_what_the_owner_says_must_be_what_the_network_does(
    tmp_path: Path, last: str, asked: AskedOutput, said: str
) -> None:
    file = colour_onnx(tmp_path / "colours.onnx", last=last)

    with pytest.raises(UnsupportedModelError, match=said):
        install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path, output=asked))


def test_several_rows_for_one_picture_are_refused(tmp_path: Path) -> None:
    repeats = numpy_helper.from_array(np.array([4, 1], np.int64), "repeats")
    step = helper.make_node("Tile", ["scores", "repeats"], ["rows"])
    file = continued(colour_onnx(tmp_path / "rows.onnx"), step, shape=[4, 4], constants=[repeats])

    with pytest.raises(UnsupportedModelError, match=r"for one picture is \(4, 4\)"):
        install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path))


def test_the_number_of_a_class_is_no_score(tmp_path: Path) -> None:
    step = helper.make_node("ArgMax", ["scores"], ["number"], axis=1)
    file = continued(colour_onnx(tmp_path / "number.onnx"), step, shape=[1, 1], dtype=TensorProto.INT64)

    with pytest.raises(UnsupportedModelError, match="whole numbers"):
        install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path))


def test_logits_of_classes_that_stand_alone_get_a_sigmoid_when_asked(tmp_path: Path) -> None:
    file = colour_onnx(tmp_path / "colours.onnx", last="Identity")

    folder = install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path, output="sigmoid"))

    wanted = dict(zip(("red", "green", "blue", "other"), 1 / (1 + np.exp(-(RED @ MIX))), strict=True))
    assert answers(folder) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("last", ["Softmax", "Identity"])
def test_a_linear_layer_of_pytorch_is_found_as_the_last_one(tmp_path: Path, last: str) -> None:
    file = linear_onnx(tmp_path / "linear.onnx", last=last)

    folder = install(str(file), models_dir=tmp_path / "models", choices=choices(tmp_path))

    assert FrozenNetwork(folder).layer.weights == pytest.approx(MIX)
    assert FrozenNetwork(folder).layer.bias == pytest.approx(BIAS)
    assert ClassifierService.open(folder).is_explainable
    wanted = dict(zip(("red", "green", "blue", "other"), softmax(RED @ MIX + BIAS), strict=True))
    assert answers(folder) == pytest.approx(wanted, abs=1e-4)
