"""What outputs mean, where pictures alone do not tell."""

import numpy as np
import pytest

from classifier.inference.errors import UnsupportedModelError
from classifier.inference.packaging.keras_networks import network_of_keras
from classifier.inference.packaging.meaning import AskedOutput, Meaning, read_meaning
from classifier.inference.packaging.networks import Network
from classifier.inference.packaging.probes import probe_images
from classifier.inference.types import Preprocessing
from classifier.tests.inference.packaging.networks import small_network

PROBES = probe_images(Preprocessing(20, 20))


def never_negative(*, activation: str | None, units: int = 1, strength: float = 1.0) -> Network:
    """A network whose weights have it give no value below 0, whatever the picture."""
    model = small_network(units=units, activation=activation)
    weights, bias = model.layers[-1].get_weights()
    model.layers[-1].set_weights([np.abs(weights) * strength, bias])
    return network_of_keras(model)


def test_logits_of_a_single_output_that_look_like_probabilities_get_a_sigmoid_when_asked() -> None:
    network = never_negative(activation=None, strength=1e-6)

    assert read_meaning(network, PROBES) == Meaning("sigmoid", "none")
    assert read_meaning(network, PROBES, asked="logits") == Meaning("sigmoid", "sigmoid")


def test_what_ends_in_a_sigmoid_gets_no_second_one() -> None:
    with pytest.raises(UnsupportedModelError, match="probabilities already"):
        read_meaning(network_of_keras(small_network(units=1, activation="sigmoid")), PROBES, asked="logits")


@pytest.mark.parametrize("asked", [None, "sigmoid"])
def test_a_single_tanh_is_refused_though_no_picture_made_it_negative(asked: AskedOutput | None) -> None:
    with pytest.raises(UnsupportedModelError, match=r"ends in a tanh, whose values lie in -1\.\.1"):
        read_meaning(never_negative(activation="tanh"), PROBES, asked=asked)


def test_a_sigmoid_is_put_after_a_single_tanh_when_asked() -> None:
    assert read_meaning(never_negative(activation="tanh"), PROBES, asked="logits") == Meaning("sigmoid", "sigmoid")


def test_several_outputs_of_a_tanh_get_a_softmax() -> None:
    assert read_meaning(never_negative(activation="tanh", units=3), PROBES) == Meaning("softmax", "softmax")
