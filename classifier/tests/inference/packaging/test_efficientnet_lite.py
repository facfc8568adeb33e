"""EfficientNet-Lite answers as it did when its answers were checked on photos, and takes no other weights."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from classifier.inference.errors import WeightsMismatchError, WeightsUnavailableError
from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.packaging.efficientnet_lite import (
    LOGITS,
    POOLED,
    VARIANTS,
    WEIGHTS,
    assign_weights,
    build_efficientnet_lite,
)
from classifier.inference.packaging.pip_weights import read_pip_weights
from classifier.inference.packaging.pretrained import initialize_model
from classifier.inference.packaging.torch_weights import read_torch_weights
from classifier.inference.preprocessing import scale_pixels
from classifier.inference.types import Pixels

RINGS = {
    "efficientnet_lite0": {
        "coil": 0.17697,
        "shield": 0.09266,
        "loudspeaker": 0.08423,
        "mixing_bowl": 0.05455,
        "balloon": 0.04032,
    },
    "efficientnet_lite1": {
        "coil": 0.17246,
        "mixing_bowl": 0.15898,
        "shield": 0.11652,
        "cup": 0.06023,
        "mouse": 0.04057,
    },
    "efficientnet_lite2": {
        "balloon": 0.22651,
        "coil": 0.15622,
        "maraca": 0.09863,
        "croquet_ball": 0.07518,
        "bubble": 0.01545,
    },
}
"""Recorded when 40, 39 and 39 of 40 photos were right."""


def tensors_of(name: str) -> dict[str, NDArray[Any]]:
    return read_torch_weights(read_pip_weights(WEIGHTS[name]))


def rings(px: int) -> Pixels:
    """Coloured rings around the middle, as the networks want them: `(1, px, px, 3)`."""
    rows, columns = np.mgrid[:px, :px] - px // 2
    squares = rows**2 + columns**2
    return scale_pixels(np.stack([squares // width % 256 for width in (16, 24, 32)], axis=-1)[np.newaxis], "tf_lite")


@pytest.mark.parametrize("name", VARIANTS)
def test_a_drawn_picture_gets_the_recorded_answer(name: str) -> None:
    try:
        model = initialize_model(architecture=name)
    except WeightsUnavailableError as error:
        pytest.skip(str(error))

    (probabilities,) = np.asarray(model(rings(VARIANTS[name].input_px), training=False))

    best = probabilities.argsort()[::-1][:5]
    answer = {imagenet_labels()[index].name: float(probabilities[index]) for index in best}
    assert list(answer) == list(RINGS[name])
    assert answer == pytest.approx(RINGS[name], abs=1e-4)


def test_the_logits_are_the_dense_layer_over_the_mean_of_the_last_map() -> None:
    import keras

    model = initialize_model(architecture="efficientnet_lite0")
    pooled, logits = model.get_layer(POOLED), model.get_layer(LOGITS)
    parts = keras.Model(model.input, [pooled.input, logits.output])

    feature_map, scores = map(np.asarray, parts(rings(224), training=False))

    weights, bias = map(np.asarray, logits.get_weights())
    assert feature_map.shape == (1, 7, 7, 1280)
    assert np.abs((feature_map @ weights).mean(axis=(1, 2)) + bias - scores).max() < 1e-4


def test_without_a_top_it_gives_features() -> None:
    model = initialize_model(architecture="efficientnet_lite0", include_top=False, pooling="avg")

    assert model.output_shape == (None, 1280)


def without_one(tensors: dict[str, NDArray[Any]]) -> None:
    del tensors["_blocks.3._bn0.running_var"]


def with_one_more(tensors: dict[str, NDArray[Any]]) -> None:
    tensors["_blocks.16._project_conv.weight"] = np.zeros((320, 1152, 1, 1), np.float32)


def with_another_shape(tensors: dict[str, NDArray[Any]]) -> None:
    tensors["_fc.weight"] = tensors["_fc.weight"][:10]


@pytest.mark.parametrize(
    ("alter", "named"),
    [(without_one, "block3_bn0"), (with_one_more, "_blocks.16._project_conv.weight"), (with_another_shape, LOGITS)],
)
def test_weights_of_another_network_are_refused(alter: Any, named: str) -> None:
    tensors = tensors_of("efficientnet_lite0")
    alter(tensors)

    with pytest.raises(WeightsMismatchError, match=named):
        assign_weights(build_efficientnet_lite("efficientnet_lite0"), tensors)


def test_weights_of_a_deeper_variant_are_refused() -> None:
    with pytest.raises(WeightsMismatchError):
        assign_weights(build_efficientnet_lite("efficientnet_lite1"), tensors_of("efficientnet_lite0"))
