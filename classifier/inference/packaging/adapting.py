"""A network's graph made servable: RGB pixels `(1, H, W, 3)` in, probabilities `(1, C)` out."""

from typing import TYPE_CHECKING

import numpy as np

from classifier.inference.packaging.networks import GREY, LUMA, InputShape, Network
from classifier.inference.types import Activation

if TYPE_CHECKING:
    from classifier.inference.openvino_runtime import ov


def adapt(network: Network, activation: Activation) -> "ov.Model":
    """Puts before the graph what turns RGB into what it takes, and after it what its outputs lack; nothing else."""
    from classifier.inference.openvino_runtime import opset, ov

    own = network.graph.clone()
    shape = network.input
    parameter = opset.parameter([1, shape.height_px, shape.width_px, 3], ov.Type.f32, name="pixels")
    own_parameter = own.get_parameters()[0]
    arranged = _arranged(parameter, shape)
    own_parameter.output(0).replace(_converted(arranged, own_parameter.get_element_type()).output(0))
    scores = own.get_results()[0].input_value(0)
    adapted = ov.Model([_activated(scores, activation)], [parameter], "classifier")
    adapted.validate_nodes_and_infer_types()
    return adapted


def _arranged(pixels: "ov.Node", shape: InputShape) -> "ov.Node":
    from classifier.inference.openvino_runtime import opset

    if shape.channels == GREY:
        pixels = opset.matmul(pixels, opset.constant(LUMA[:, None]), transpose_a=False, transpose_b=False)
    if shape.channels_first:
        pixels = opset.transpose(pixels, opset.constant(np.array([0, 3, 1, 2], np.int64)))
    return pixels


def _converted(pixels: "ov.Node", wanted: "ov.Type") -> "ov.Node":
    from classifier.inference.openvino_runtime import opset

    return pixels if pixels.get_element_type() == wanted else opset.convert(pixels, wanted)


def _activated(scores: "ov.Output", activation: Activation) -> "ov.Node":
    from classifier.inference.openvino_runtime import opset, ov

    if scores.get_element_type() != ov.Type.f32:
        scores = opset.convert(scores, ov.Type.f32)
    match activation:
        case "softmax":
            return opset.softmax(scores, axis=1)
        case "sigmoid":
            return opset.sigmoid(scores)
        case "none":
            return opset.result(scores)
