"""A model folder's network taken apart at its last layer: what comes before is frozen, the layer is exchanged."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from classifier.inference.engines.openvino import MODEL_FILE
from classifier.inference.errors import UnsupportedModelError
from classifier.inference.packaging.features import FeatureNetwork
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.packaging.networks import COLOUR, InputShape, Network
from classifier.inference.types import ModelManifest, Pixels, Scores

if TYPE_CHECKING:
    from classifier.inference.openvino_runtime import ov

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LastLayer:
    """Logits are `features @ weights + bias`: `(F, C)` and `(C,)`."""

    weights: Floats
    bias: Floats

    def logits(self, features: Floats) -> Floats:
        """`(N, C)` for features `(N, F)`."""
        return np.asarray(features @ self.weights + self.bias, np.float32)

    def probabilities(self, features: Floats) -> Scores:
        logits = self.logits(features)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


class FrozenNetwork:
    """A network that ends in one layer and a softmax, as it serves; may be asked from several threads.

    Raises UnsupportedModelError for one that ends otherwise, BrokenModelFolderError.
    """

    def __init__(self, folder: Path) -> None:
        from classifier.inference.openvino_runtime import core, ov

        self.manifest: ModelManifest = read_manifest(folder)
        self._graph = core.read_model(folder / MODEL_FILE)
        preprocessing = self.manifest.preprocessing
        self._shape = [1, preprocessing.height_px, preprocessing.width_px, 3]
        self._graph.reshape(self._shape)
        product, weights, bias = _last_layer(self._graph, folder.name)
        self._features, self.layer = product.input_value(0), LastLayer(weights, bias)
        self._before = FeatureNetwork(ov.Model([self._features], self._graph.get_parameters(), "features"))

    def features(self, pixels: Pixels) -> Floats:
        """`(F,)` of one photo `(H, W, 3)`."""
        return self._before.features(pixels)

    def with_layer(self, layer: LastLayer) -> Network:
        """The same network with another last layer. What it is held against is computed from the old one's features."""
        from classifier.inference.openvino_runtime import opset, ov

        weights = opset.constant(np.ascontiguousarray(layer.weights))
        product = opset.matmul(self._features, weights, transpose_a=False, transpose_b=False)
        scores = opset.softmax(opset.add(product, opset.constant(layer.bias)), axis=1)
        graph = ov.Model([scores], self._graph.get_parameters(), "classifier")

        def predict(pixels: Pixels) -> Scores:
            return layer.probabilities(np.stack([self.features(one) for one in pixels]))

        shape = InputShape(self._shape[1], self._shape[2], COLOUR)
        return Network(shape, layer.bias.size, predict, graph)


def _last_layer(graph: "ov.Model", name: str) -> tuple[Any, Floats, Floats]:
    """The last product of the network with its weights `(F, C)` and bias `(C,)`."""
    softmax = graph.get_results()[0].input_value(0).get_node()
    added = softmax.input_value(0).get_node() if softmax.get_type_name() == "Softmax" else None
    product = added.input_value(0).get_node() if added and added.get_type_name() == "Add" else None
    if added and product and product.get_type_name() == "MatMul":
        weights, bias = (node.input_value(1).get_node() for node in (product, added))
        if weights.get_type_name() == bias.get_type_name() == "Constant":
            matrix = np.array(weights.data, np.float32)
            matrix = matrix.T if product.get_attributes()["transpose_b"] else matrix
            return product, np.ascontiguousarray(matrix), np.array(bias.data, np.float32).ravel()
    raise UnsupportedModelError(f"{name} does not end in one layer and a softmax: new classes cannot be put beside it.")
