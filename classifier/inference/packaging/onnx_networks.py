"""Networks in ONNX files, which PyTorch and others write: read and asked by OpenVINO."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classifier.inference.errors import UnsupportedModelError
from classifier.inference.packaging.networks import Network, check_outputs, read_input_shape, rows_of

if TYPE_CHECKING:
    from classifier.inference.openvino_runtime import ov


def network_of_onnx(path: Path, *, input_px: int | None = None) -> Network:
    """The network of an `.onnx` file with one picture as input, NCHW or NHWC, and one row of scores as output.

    `input_px` is needed where the file leaves the size open. Raises UnsupportedModelError.
    """
    from classifier.inference.openvino_runtime import core, ov

    try:
        graph = core.read_model(path)
    except RuntimeError as error:
        raise UnsupportedModelError(f"{path} cannot be read as an ONNX network: {_last_line(error)}") from error
    _check_single(graph)
    input_shape = read_input_shape(_sizes_of(graph.input(0)), input_px=input_px)
    try:
        graph.reshape(input_shape.batch_of_one)
        _simplify(graph)
        compiled = core.compile_model(graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        classes = check_outputs(tuple(graph.output(0).shape), are_floating=graph.output(0).get_element_type().is_real())
    except RuntimeError as error:
        raise UnsupportedModelError(f"{path} cannot be run on one picture: {_last_line(error)}") from error

    def predict(pixels: Any) -> Any:
        return rows_of(np.concatenate([compiled(one[None])[0] for one in pixels]))

    is_half = graph.output(0).get_element_type().size < ov.Type.f32.size
    return Network(input_shape, classes, predict, graph, is_half=is_half)


def _simplify(graph: "ov.Model") -> None:
    """Takes out what changes no number: ONNX's `Gemm`, as PyTorch writes each linear layer, comes as a product times 1
    plus a bias times 1, in which nobody would find the last layer."""
    from classifier.inference.openvino_runtime import passes

    manager = passes.Manager()
    manager.register_pass(passes.ConstantFolding())
    manager.run_passes(graph)
    for node in graph.get_ordered_ops():
        if node.get_type_name() == "Identity" or _is_times_1(node):
            node.output(0).replace(node.input_value(0))


def _is_times_1(node: Any) -> bool:
    if node.get_type_name() != "Multiply":
        return False
    factor = node.input_value(1).get_node()
    return factor.get_type_name() == "Constant" and not factor.shape and bool(factor.data == 1)


def _check_single(graph: "ov.Model") -> None:
    for ports, what in ((graph.inputs, "inputs"), (graph.outputs, "outputs")):
        if len(ports) != 1:
            raise UnsupportedModelError(f"The network has {len(ports)} {what}; one is needed.")


def _sizes_of(port: Any) -> list[int | None]:
    shape = port.partial_shape
    if shape.rank.is_dynamic:
        raise UnsupportedModelError("The file does not say what its network takes. Export it with a fixed input shape.")
    return [None if size.is_dynamic else size.get_length() for size in shape]


def _last_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or [type(error).__name__])[-1][:300]
