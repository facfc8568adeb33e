from pathlib import Path

import numpy as np
import pytest

from classifier.inference.errors import UnsupportedModelError
from classifier.inference.packaging.export import Description, install_network
from classifier.inference.packaging.frozen import FrozenNetwork, LastLayer
from classifier.inference.service import ClassifierService
from classifier.inference.types import Label
from classifier.tests.examples import build_colour_model
from classifier.tests.training.blocks import build_blocks_model

PIXELS = np.random.default_rng(0).random((16, 16, 3), np.float32)


def test_the_layer_on_the_features_is_what_the_whole_network_says(tmp_path: Path) -> None:
    folder = build_blocks_model(tmp_path)
    network = FrozenNetwork(folder)

    taken_apart = network.layer.probabilities(network.features(PIXELS)[None])[0]

    whole = {label.label: label.probability for label in ClassifierService.open(folder).classify_pixels(PIXELS).top}
    assert np.allclose(taken_apart, [whole[name] for name in ("red", "green", "blue")], atol=1e-5)


def test_with_another_layer_it_is_a_model_that_serves(tmp_path: Path) -> None:
    network = FrozenNetwork(build_blocks_model(tmp_path))
    layer = LastLayer(
        np.concatenate([network.layer.weights, network.layer.weights[:, :1]], axis=1),
        np.append(network.layer.bias, np.float32(1)),
    )

    folder = install_network(
        network.with_layer(layer),
        models_dir=tmp_path / "models",
        preprocessing=network.manifest.preprocessing,
        labels=[Label("", name) for name in ("red", "green", "blue", "more red")],
        description=Description("more", "blocks", ""),
    )

    best = ClassifierService.open(folder).classify_pixels(PIXELS).top
    expected = layer.probabilities(network.features(PIXELS)[None])[0]
    assert {label.label: label.probability for label in best}["more red"] == pytest.approx(float(expected[3]), abs=1e-5)
    assert FrozenNetwork(folder).layer.bias.size == 4


def test_a_network_that_ends_otherwise_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedModelError, match="does not end in one layer"):
        FrozenNetwork(build_colour_model(tmp_path, name="colours"))
