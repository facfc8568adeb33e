"""Where a network's pooled end is found, and where there is none."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from classifier.inference.engines.pooled_end import find_pooled_end
from classifier.inference.openvino_runtime import core, opset, ov

FEATURES, CLASSES, SIDE = 5, 3, 4
RANDOM = np.random.default_rng(0)
WEIGHTS = RANDOM.normal(size=(FEATURES, CLASSES)).astype(np.float32)
BIAS = RANDOM.normal(size=CLASSES).astype(np.float32)
FIRST, LAST = [1, FEATURES, SIDE, SIDE], [1, SIDE, SIDE, FEATURES]


def whole(values: list[int]) -> Any:
    return opset.constant(np.array(values, np.int64))


def mean(node: Any, axes: list[int], *, keep_dims: bool = False) -> Any:
    return opset.reduce_mean(node, whole(axes), keep_dims=keep_dims)


def dense(node: Any, *, transposed: bool = False) -> Any:
    weights = opset.constant(np.ascontiguousarray(WEIGHTS.T if transposed else WEIGHTS))
    return opset.add(opset.matmul(node, weights, False, transposed), opset.constant(BIAS))


def as_keras(photo: Any) -> Any:
    return opset.softmax(dense(mean(photo, [1, 2])), axis=-1)


def as_pytorch(photo: Any) -> Any:
    flat = opset.reshape(mean(photo, [2, 3], keep_dims=True), whole([1, -1]), special_zero=False)
    return opset.softmax(dense(flat, transposed=True), axis=1)


def with_average_pool(photo: Any) -> Any:
    pooled = opset.avg_pool(photo, [1, 1], [0, 0], [0, 0], [SIDE, SIDE], exclude_pad=True)
    return dense(opset.squeeze(pooled, whole([2, 3])))


def as_mobilenet(photo: Any) -> Any:
    kernel = opset.constant(np.ascontiguousarray(WEIGHTS.T)[..., None, None])
    scores = opset.convolution(mean(photo, [2, 3], keep_dims=True), kernel, [1, 1], [0, 0], [0, 0], [1, 1])
    flat = opset.reshape(
        opset.add(scores, opset.constant(BIAS.reshape(1, -1, 1, 1))), whole([1, CLASSES]), special_zero=False
    )
    return opset.sigmoid(flat)


def in_halves(photo: Any) -> Any:
    weights = opset.convert(opset.constant(WEIGHTS.astype(np.float16)), ov.Type.f32)
    return opset.softmax(opset.matmul(mean(photo, [2, 3]), weights, False, False), axis=1)


@pytest.mark.parametrize(
    ("network", "shape", "bias", "tolerance"),
    [
        (as_keras, LAST, BIAS, 1e-5),
        (as_pytorch, FIRST, BIAS, 1e-5),
        (with_average_pool, FIRST, BIAS, 1e-5),
        (as_mobilenet, FIRST, BIAS, 1e-5),
        (in_halves, FIRST, 0 * BIAS, 1e-2),
    ],
)
def test_the_places_and_the_last_layer_give_the_networks_own_scores(
    network: Callable[[Any], Any], shape: list[int], bias: Any, tolerance: float
) -> None:
    photo = opset.parameter(shape, ov.Type.f32)
    model = ov.Model([network(photo)], [photo], "network")
    activation = model.get_results()[0].input_value(0).get_node().get_type_name()
    end = find_pooled_end(model)
    assert end is not None

    end.add_output(model)
    compiled = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    scores, places = compiled(RANDOM.normal(size=shape).astype(np.float32)).values()

    logits = (places[0] @ end.head.weights.astype(np.float32)).mean(axis=(0, 1)) + end.head.bias
    assert places.shape == (1, SIDE, SIDE, FEATURES)
    np.testing.assert_allclose(end.head.bias, bias)
    np.testing.assert_allclose(activated(logits, activation), scores[0], atol=tolerance)


def activated(logits: Any, activation: str) -> Any:
    match activation:
        case "Softmax":
            return np.exp(logits) / np.exp(logits).sum()
        case "Sigmoid":
            return 1 / (1 + np.exp(-logits))
    return logits


def flattened(photo: Any) -> Any:
    flat = opset.reshape(photo, whole([1, -1]), special_zero=False)
    weights = RANDOM.normal(size=(FEATURES * SIDE * SIDE, CLASSES)).astype(np.float32)
    return opset.softmax(opset.matmul(flat, opset.constant(weights), False, False), axis=1)


def with_a_hidden_layer(photo: Any) -> Any:
    return opset.softmax(dense(opset.relu(mean(photo, [2, 3]))), axis=1)


def without_a_last_layer(photo: Any) -> Any:
    return opset.softmax(mean(photo, [2, 3]), axis=1)


def pooled_to_rows(photo: Any) -> Any:
    rows = opset.reshape(mean(photo, [3]), whole([SIDE, FEATURES]), special_zero=False)
    return mean(opset.softmax(dense(rows), axis=1), [0], keep_dims=True)


@pytest.mark.parametrize("network", [flattened, with_a_hidden_layer, without_a_last_layer, pooled_to_rows])
def test_other_ends_are_none(network: Callable[[Any], Any]) -> None:
    photo = opset.parameter(FIRST, ov.Type.f32)

    assert find_pooled_end(ov.Model([network(photo)], [photo], "network")) is None


def test_an_open_size_is_none() -> None:
    photo = opset.parameter(ov.PartialShape([1, FEATURES, -1, -1]), ov.Type.f32)

    assert find_pooled_end(ov.Model([dense(mean(photo, [2, 3]))], [photo], "network")) is None
