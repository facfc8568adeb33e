"""Networks small enough to be trained from scratch on an ordinary computer."""

from typing import TYPE_CHECKING, Any

from classifier.inference.errors import UnknownModelError

if TYPE_CHECKING:
    import keras

WIDTHS = (64, 128, 224)
DEPTHS = (2, 3, 1)
EXCITATION_RATIO = 8
"""How many times narrower than its block the hidden layer of squeeze-and-excitation is."""
STEM_WIDTH = 32
STATISTICS_MOMENTUM = 0.9
"""Short runs need statistics that follow quickly; Keras' 0.99 takes thousands of steps."""


def build(architecture: str, *, classes: int) -> "keras.Model":
    """A network from float32 `(N, H, W, 3)` in -1..1, H and W free, to float32 probabilities `(N, classes)`."""
    if architecture != "compact_resnet":
        raise UnknownModelError(f"No trainable architecture {architecture!r}; there is: compact_resnet.")
    return compact_resnet(classes=classes)


def compact_resnet(*, classes: int) -> "keras.Model":
    """A residual network (He et al. 2015, arXiv:1512.03385) for inputs of about 64 pixels, 1.8 million parameters.

    The stem and the first stage each halve the resolution, so that no block works at full size; shortcuts are
    average-pooled before their projection (He et al. 2018, arXiv:1812.01187), and every block has squeeze and
    excitation (Hu et al. 2017, arXiv:1709.01507).
    """
    import keras
    from keras import layers

    inputs = keras.Input((None, None, 3))
    x = _normalised(layers.Conv2D(STEM_WIDTH, 3, 2, padding="same", use_bias=False)(inputs))
    x = layers.ReLU()(x)
    for width, depth in zip(WIDTHS, DEPTHS, strict=True):
        for index in range(depth):
            x = _residual(x, width, stride=2 if index == 0 else 1)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(classes, activation="softmax", dtype="float32")(x)
    return keras.Model(inputs, outputs, name="compact_resnet")


def _residual(x: Any, width: int, *, stride: int) -> Any:
    from keras import layers

    y = _normalised(layers.Conv2D(width, 3, stride, padding="same", use_bias=False)(x))
    y = layers.ReLU()(y)
    y = _excited(_normalised(layers.Conv2D(width, 3, padding="same", use_bias=False)(y), gain="zeros"), width)
    if stride > 1:
        x = layers.AveragePooling2D(stride, padding="same")(x)
    if x.shape[-1] != width:
        x = _normalised(layers.Conv2D(width, 1, use_bias=False)(x))
    return layers.ReLU()(layers.Add()([x, y]))


def _excited(x: Any, width: int) -> Any:
    from keras import layers

    weights = layers.GlobalAveragePooling2D(keepdims=True)(x)
    weights = layers.Dense(width // EXCITATION_RATIO, activation="relu")(weights)
    return layers.Multiply()([x, layers.Dense(width, activation="sigmoid")(weights)])


def _normalised(x: Any, *, gain: str = "ones") -> Any:
    """Batch normalisation; with `gain="zeros"` a residual block starts as the identity (arXiv:1706.02677)."""
    from keras import layers

    return layers.BatchNormalization(momentum=STATISTICS_MOMENTUM, gamma_initializer=gain)(x)
