"""Keras networks, of Keras 3 and of Keras 2: asked in TensorFlow, and frozen into a graph that OpenVINO reads."""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.inference.engines.tensorflow_log import import_tensorflow
from classifier.inference.errors import UnsupportedModelError
from classifier.inference.packaging.networks import (
    COLOUR,
    GREY,
    LUMA,
    InputShape,
    Network,
    check_outputs,
    read_input_shape,
    rows_of,
)
from classifier.inference.types import Activation

if TYPE_CHECKING:
    from classifier.inference.openvino_runtime import ov


def network_of_keras(model: Any, *, input_px: int | None = None) -> Network:
    """A Keras network as it is, whatever its inputs and outputs are wrapped in: `[i]`, `{"name": i}` or `i`.

    Layers that only training uses (augmentation, dropout) are run as in inference, where they change nothing, and are
    not in the graph. `input_px` is needed where the network takes any size. Raises UnsupportedModelError.
    """
    tf = import_tensorflow()
    input_shape = read_input_shape(_only(_input_shape(model), "input"), input_px=input_px)
    is_wrapped = isinstance(_input_shape(model), list)

    def call(pixels: Any) -> Any:
        return _only(model([pixels] if is_wrapped else pixels, training=False), "output")

    function = tf.function(call, autograph=False)
    try:
        traced = function.get_concrete_function(tf.TensorSpec(input_shape.batch_of_one, tf.float32))
        classes = check_outputs(tuple(traced.output_shapes), are_floating=traced.output_dtypes.is_floating)
        graph = _frozen(traced)
    except UnsupportedModelError:
        raise
    except Exception as error:  # a network of somebody else's may fail in any way
        raise UnsupportedModelError(f"The network cannot be run on one picture: {_first_line(error)}") from error

    def predict(pixels: Any) -> Any:
        import numpy as np

        return rows_of(np.concatenate([np.asarray(traced(tf.constant(one[None]))) for one in pixels]))

    return Network(input_shape, classes, predict, graph, is_half=traced.output_dtypes.size < tf.float32.size)


def save_adapted(model: Any, file: Path, shape: InputShape, activation: Activation) -> None:
    """Writes a network of Keras 3 as the engine `keras` serves it: RGB `(N, H, W, 3)` in, probabilities out.

    Nothing for a network of Keras 2, which that engine cannot run.
    """
    import keras

    if not isinstance(model, keras.Model):
        return
    if shape.channels == COLOUR and not shape.channels_first and activation == "none" and not _is_wrapped(model):
        model.save(file, include_optimizer=False)
        return
    inputs = keras.Input((shape.height_px, shape.width_px, COLOUR))
    x = inputs
    if shape.channels == GREY:
        luma = keras.layers.Conv2D(1, 1, use_bias=False, trainable=False, dtype="float32", name="luma")
        x = luma(x)
        luma.set_weights([LUMA.reshape(1, 1, COLOUR, 1)])
    if shape.channels_first:
        x = keras.layers.Permute((3, 1, 2))(x)
    x = _only(model([x] if isinstance(model.input_shape, list) else x), "output")
    if activation != "none":
        x = keras.layers.Activation(activation, dtype="float32")(x)
    keras.Model(inputs, x, name=model.name).save(file, include_optimizer=False)


def weights_sha256(model: Any) -> str:
    """The hash of all weights of a network, in their order."""
    digest = hashlib.sha256()
    for weight in model.get_weights():
        digest.update(weight.tobytes())
    return digest.hexdigest()


def _frozen(traced: Any) -> "ov.Model":
    """The traced function with its weights as constants, through TensorFlow's own file format for graphs.

    OpenVINO's Python converter would be shorter; it needs a workaround on Python 3.13 and asks an analytics service.
    """
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    from classifier.inference.openvino_runtime import core

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "frozen.pb"
        file.write_bytes(convert_variables_to_constants_v2(traced).graph.as_graph_def().SerializeToString())
        return core.read_model(file)


def _is_wrapped(model: Any) -> bool:
    """Whether its input or its output is in a list or dict, of which `output_shape` says nothing."""
    return isinstance(model.input_shape, list | dict) or isinstance(getattr(model, "output", None), list | dict)


def _input_shape(model: Any) -> Any:
    shape = getattr(model, "input_shape", None)
    if shape is None:
        raise UnsupportedModelError("The network does not say what it takes. Build it with keras.Input((H, W, 3)).")
    return shape


def _only(value: Any, what: str) -> Any:
    """What a list or dict of one holds; shapes are tuples and stay as they are."""
    values = list(_members(value))
    if len(values) != 1:
        raise UnsupportedModelError(f"The network has {len(values)} {what}s; one is needed.")
    return values[0]


def _members(value: Any) -> Iterator[Any]:
    if isinstance(value, list | dict):
        for member in value.values() if isinstance(value, dict) else value:
            yield from _members(member)
    else:
        yield value


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).partition("\n")[0][:300]
