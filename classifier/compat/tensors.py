"""This classifier's tensors in the Open Inference Protocol: photos in, probabilities and labels out."""

import base64
import binascii
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from classifier.errors import MalformedMessageError
from classifier.inference.open_inference.messages import InferRequest, RequestedOutput
from classifier.inference.open_inference.tensors import BYTES, Tensor, echo
from classifier.inference.types import Classification, Label, Preprocessing
from classifier.predictions.intake import Photo

MAX_PHOTOS = 16
INPUT = {
    "name": "image",
    "datatype": "UINT8",
    "shape": [-1, -1, -1, 3],
    "parameters": {
        "also": "BYTES [-1]: the files of the photos, in JSON their base64",
        "network_input": "FP32 [-1, height, width, 3]: pixels sized and scaled as the network takes them",
    },
}
LARGEST_SCALED = 1000.0
"""Of a pixel as a network takes it; no scaling goes beyond 255."""
_PROBABILITIES = "probabilities"


def describe_outputs(*, classes: int) -> list[dict[str, Any]]:
    """The outputs, as the protocol describes tensors."""
    return [
        {"name": _PROBABILITIES, "datatype": "FP32", "shape": [-1, classes]},
        {"name": "label", "datatype": BYTES, "shape": [-1, 1]},
        {"name": "probability", "datatype": "FP32", "shape": [-1, 1]},
    ]


def photos_in(request: InferRequest, preprocessing: Preprocessing) -> Sequence[Photo]:
    """The photos of a request; `preprocessing` tells the network's own size. Raises MalformedMessageError."""
    if [tensor.name for tensor in request.inputs] != [INPUT["name"]]:
        raise MalformedMessageError(f"Send one input, named {INPUT['name']!r}.")
    tensor = request.inputs[0]
    photos: list[Photo]
    match tensor.datatype:
        case "BYTES":
            photos = _files_in(tensor)
        case "FP32":
            photos = _network_inputs_in(tensor, preprocessing)
        case _:
            photos = _pixels_in(tensor)
    if not 1 <= len(photos) <= MAX_PHOTOS:
        raise MalformedMessageError(f"A request may have 1 to {MAX_PHOTOS} photos; this one has {len(photos)}.")
    return photos


def requested_outputs(request: InferRequest) -> Sequence[RequestedOutput]:
    """The outputs to send back: those named, or all. Raises MalformedMessageError."""
    if not request.outputs:
        return [RequestedOutput(name, is_binary=request.all_binary) for name in _MAKE]
    for output in request.outputs:
        if output.name not in _MAKE:
            raise MalformedMessageError(
                f"The output {echo(output.name)} does not exist. There are: {', '.join(_MAKE)}."
            )
        if output.class_count and output.name != _PROBABILITIES:
            raise MalformedMessageError(f"Only the output {_PROBABILITIES!r} can have classifications.")
    return request.outputs


def output_tensor(output: RequestedOutput, results: Sequence[Classification], labels: Sequence[Label]) -> Tensor:
    """One output for all photos; `results` have every label of each."""
    if output.class_count:
        return _classifications(output, results, labels)
    return _MAKE[output.name](results, labels)


def _files_in(tensor: Tensor) -> list[Photo]:
    return [_without_base64(element) for element in tensor.values.flat]


def _without_base64(element: bytes) -> bytes:
    """The photo's file; an element of ASCII alone is its base64, since no photo's file is ASCII."""
    if not element.isascii():
        return element
    try:
        return base64.b64decode(element, validate=True)
    except binascii.Error as error:
        raise MalformedMessageError(f"The photo is neither a file nor base64: {error}.") from error


def _pixels_in(tensor: Tensor) -> list[Photo]:
    shape = tensor.values.shape
    if tensor.datatype != "UINT8" or len(shape) not in (3, 4) or shape[-1] != 3 or 0 in shape:
        raise MalformedMessageError("Pixels must be UINT8 of shape [height, width, 3] or [photos, height, width, 3].")
    return list(tensor.values.reshape(-1, *shape[-3:]))


def _network_inputs_in(tensor: Tensor, preprocessing: Preprocessing) -> list[Photo]:
    height_px, width_px = preprocessing.height_px, preprocessing.width_px
    if tensor.values.shape[1:] != (height_px, width_px, 3):
        raise MalformedMessageError(
            f"Pixels of a photo are UINT8; FP32 is the network's own input, [photos, {height_px}, {width_px}, 3]."
        )
    if not bool(np.all(np.abs(tensor.values) <= LARGEST_SCALED)):  # nor is NaN
        raise MalformedMessageError("Pixels of FP32 must be scaled as the network takes them, within -1000 to 1000.")
    return list(tensor.values)


def _classifications(output: RequestedOutput, results: Sequence[Classification], labels: Sequence[Label]) -> Tensor:
    """Triton's classification extension: the best classes as `value:index:label`."""
    best = [
        [
            f"{scored.probability:f}:{index}:{scored.label}".encode()
            for scored, index in zip(result.top[: output.class_count], _indices(result, labels), strict=False)
        ]
        for result in results
    ]
    return Tensor(output.name, BYTES, np.array(best, dtype=object))


def _probabilities(results: Sequence[Classification], labels: Sequence[Label]) -> Tensor:
    values = np.zeros((len(results), len(labels)), np.float32)
    for row, result in zip(values, results, strict=True):
        row[_indices(result, labels)] = [scored.probability for scored in result.top]
    return Tensor(_PROBABILITIES, "FP32", values)


def _label(results: Sequence[Classification], labels: Sequence[Label]) -> Tensor:
    return Tensor(
        "label",
        BYTES,
        np.array([[result.top[0].label.encode()] for result in results], dtype=object),
    )


def _probability(results: Sequence[Classification], labels: Sequence[Label]) -> Tensor:
    values = np.array([[result.top[0].probability] for result in results], np.float32)
    return Tensor("probability", "FP32", values)


def _indices(result: Classification, labels: Sequence[Label]) -> list[int]:
    """The class index of each label, best first; classes with equal names come in their order."""
    places: dict[tuple[str, str], deque[int]] = defaultdict(deque)
    for index, label in enumerate(labels):
        places[label.wnid, label.name].append(index)
    return [places[scored.wnid, scored.label].popleft() for scored in result.top]


_MAKE: dict[str, Callable[[Sequence[Classification], Sequence[Label]], Tensor]] = {
    _PROBABILITIES: _probabilities,
    "label": _label,
    "probability": _probability,
}
