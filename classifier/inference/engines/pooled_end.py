"""The pooled end of a network: features averaged over all places, then one linear layer. Found in OpenVINO's graph.

Such a network gives a label `mean over all places of (features . weights of the label) + bias` before its softmax, so
that what each place gives is known exactly (class activation maps, Zhou et al., 2016).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.inference.openvino_runtime import opset, ov
from classifier.inference.types import LinearHead

_ACTIVATIONS = frozenset({"Softmax", "Sigmoid"})
_SHAPES_ONLY = frozenset({"Convert", "Reshape", "Squeeze", "Unsqueeze", "Transpose"})
"""What leaves the numbers and their order as they are, where one axis alone is longer than 1."""
_SPATIAL_AXES: dict[tuple[int, ...], tuple[int, int, int, int]] = {(2, 3): (0, 2, 3, 1), (1, 2): (0, 1, 2, 3)}
"""Which axes a pooling goes over, and how its input becomes `(N, H, W, F)`."""


@dataclass(frozen=True, slots=True)
class PooledEnd:
    """What the network pools, and the linear layer behind the pooling."""

    pooled: "ov.Output"
    to_places: tuple[int, int, int, int]
    head: LinearHead

    def add_output(self, model: "ov.Model") -> None:
        """Has the network give what it pools, `(1, H, W, F)`, after its scores, which stay what they are."""
        # As OpenVINO has it inside: to turn it into another order costs a fiftieth of a small network's time.
        places = opset.transpose(self.pooled, opset.constant(np.array(self.to_places, np.int64)))
        model.add_results([opset.result(places)])


def find_pooled_end(model: "ov.Model") -> PooledEnd | None:
    """The pooled end of a network of one output and a batch of one; None when it ends in another way."""
    last = _before(model.get_results()[0], _ACTIVATIONS, at_most=1)
    linear, bias = _without_bias(_before_node(last))
    weights = _weights_of(linear)
    pooling = _before_node(linear) if weights is not None else None
    axes = _axes_of(pooling) if pooling is not None else None
    if weights is None or pooling is None or axes is None:
        return None
    pooled, to_places = pooling.input_value(0), _SPATIAL_AXES[axes]
    features = _sizes(pooled)[to_places[3]]
    offsets = np.zeros(weights.shape[1], np.float32) if bias is None else bias
    if weights.shape[0] != features or offsets.shape != (weights.shape[1],):
        return None
    return PooledEnd(pooled, to_places, LinearHead(weights, offsets))


def _before(node: Any, passed: frozenset[str], *, at_most: int) -> Any:
    """The node whose numbers come to this one through `at_most` nodes of the types `passed`, and any that only shape.

    Returned is the node that takes them: the last that was passed.
    """
    while True:
        before = node.input_value(0).get_node()
        kind = before.get_type_name()
        if kind in passed and at_most:
            at_most -= 1
        elif kind not in _SHAPES_ONLY:
            return node
        node = before


def _before_node(node: Any) -> Any:
    """The first node before this one that does more than shape."""
    return _before(node, frozenset(), at_most=0).input_value(0).get_node()


def _without_bias(node: Any) -> tuple[Any, NDArray[np.float32] | None]:
    """The node that a constant is added to, and the constant; the node itself when none is."""
    if node.get_type_name() != "Add":
        return node, None
    values = [_constant(node.input_value(index)) for index in (0, 1)]
    for index, value in enumerate(values):
        if value is not None:
            return _source(node, 1 - index), np.asarray(value, np.float32).reshape(-1)
    return node, None


def _source(node: Any, index: int) -> Any:
    source = node.input_value(index).get_node()
    return _before_node(source) if source.get_type_name() in _SHAPES_ONLY else source


def _weights_of(node: Any) -> NDArray[Any] | None:
    """`(F, C)` of a linear layer, as a view of the network's own memory; None when the node is none."""
    kind = node.get_type_name()
    if kind not in ("MatMul", "Convolution"):
        return None
    attributes, weights = node.get_attributes(), _constant(node.input_value(1))
    if weights is None:
        return None
    if kind == "Convolution":
        return weights.reshape(weights.shape[:2]).T if weights.shape[2:] == (1, 1) else None
    if weights.ndim != 2 or attributes["transpose_a"]:
        return None
    return weights.T if attributes["transpose_b"] else weights


def _constant(output: Any) -> NDArray[Any] | None:
    node = output.get_node()
    while node.get_type_name() == "Convert":
        node = node.input_value(0).get_node()
    return node.data if node.get_type_name() == "Constant" else None


def _axes_of(pooling: Any) -> tuple[int, ...] | None:
    """Over which axes of its input a node takes the mean; None when it is no mean over all places."""
    kind = pooling.get_type_name()
    sizes = _sizes(pooling.input_value(0)) if kind in ("AvgPool", "ReduceMean") else ()
    if len(sizes) != 4 or sizes[0] != 1:
        return None
    if kind == "AvgPool":
        attributes = pooling.get_attributes()
        padding = [*attributes["pads_begin"], *attributes["pads_end"]]
        return (2, 3) if tuple(attributes["kernel"]) == sizes[2:] and not any(padding) else None
    axes = _constant(pooling.input_value(1))
    found = () if axes is None else tuple(sorted(int(axis) % 4 for axis in axes.reshape(-1)))
    return found if found in _SPATIAL_AXES else None


def _sizes(output: Any) -> tuple[int, ...]:
    """The sizes of an output's axes; none when they are not fixed."""
    shape = output.get_partial_shape()
    return tuple(size.get_length() for size in shape) if shape.is_static else ()
