"""Small networks in the files that people have, made on the spot."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MIX: NDArray[np.float32] = np.array([[2, 0, 0], [0, 2, 0], [0, 0, 2], [-1, -1, 1]], np.float32).T
"""What each of four classes takes of the mean red, green and blue."""
BIAS: NDArray[np.float32] = np.array([0.5, 0, -0.5, 0.25], np.float32)


def small_network(
    *, units: int = 3, activation: str | None = "softmax", size: int | None = 20, library: str = "keras"
) -> Any:
    """A network of Keras 3 or of `tf_keras` with random weights, the same at every call."""
    keras: Any = importlib.import_module(library)
    keras.utils.set_random_seed(1)
    return keras.Sequential(
        [
            keras.Input((size, size, 3)),
            keras.layers.Conv2D(4, 3, activation="relu"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(units, activation=activation),
        ]
    )


def colour_onnx(
    path: Path,
    *,
    channels_first: bool = True,
    last: str = "Softmax",
    side: int | str = 16,
    dtype: int = TensorProto.FLOAT,
) -> Path:
    """An `.onnx` file with a network of four classes by mean colour, as PyTorch's exporter lays it out."""
    shape = [1, 3, side, side] if channels_first else [1, side, side, 3]
    axes = np.array([2, 3] if channels_first else [1, 2], np.int64)
    nodes = [
        helper.make_node("ReduceMean", ["pixels", "axes"], ["means"], keepdims=0),
        helper.make_node("MatMul", ["means", "mix"], ["logits"]),
        helper.make_node(last, ["logits"], ["scores"], **({"axis": 1} if "oftmax" in last else {})),
    ]
    numpy_type = helper.tensor_dtype_to_np_dtype(dtype)
    graph = helper.make_graph(
        nodes,
        "colours",
        [helper.make_tensor_value_info("pixels", dtype, shape)],
        [helper.make_tensor_value_info("scores", dtype, [1, 4])],
        [numpy_helper.from_array(axes, "axes"), numpy_helper.from_array(MIX.astype(numpy_type), "mix")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), path)
    return path


def linear_onnx(path: Path, *, last: str) -> Path:
    """The same with the layers that PyTorch writes for `AdaptiveAvgPool2d`, `Flatten` and `Linear`."""
    nodes = [
        helper.make_node("GlobalAveragePool", ["pixels"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["means"], axis=1),
        helper.make_node("Gemm", ["means", "weights", "bias"], ["logits"], alpha=1.0, beta=1.0, transB=1),
        helper.make_node(last, ["logits"], ["scores"], **({"axis": 1} if last == "Softmax" else {})),
    ]
    graph = helper.make_graph(
        nodes,
        "linear",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["batch", 3, 16, 16])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", 4])],
        [numpy_helper.from_array(np.ascontiguousarray(MIX.T), "weights"), numpy_helper.from_array(BIAS, "bias")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), path)
    return path


def names_file(folder: Path, *names: str) -> Path:
    """Labels, one a line."""
    path = folder / "names.txt"
    path.write_text("\n".join(names) + "\n")
    return path
