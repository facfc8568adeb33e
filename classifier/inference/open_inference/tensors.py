"""Tensors of the protocol: as arrays, in JSON and in binary."""

import math
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import MalformedMessageError

BYTES = "BYTES"
DTYPES = {
    "BOOL": "?",
    "UINT8": "u1",
    "UINT16": "<u2",
    "UINT32": "<u4",
    "UINT64": "<u8",
    "INT8": "i1",
    "INT16": "<i2",
    "INT32": "<i4",
    "INT64": "<i8",
    "FP16": "<f2",
    "FP32": "<f4",
    "FP64": "<f8",
    BYTES: "O",
}
"""NumPy's name for each element type of the protocol; binary data is little-endian. NumPy has no BF16."""
MAX_DIMENSIONS = 8
MAX_ELEMENTS = 2**31 - 1
"""Of a shape, sides of 0 left out: NumPy makes no array of more, not even an empty one."""
LONGEST_ECHO = 60
"""How much of what a client sent an error repeats, in characters."""
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Tensor:
    """A named array; the elements of a `BYTES` tensor are `bytes` in an object array."""

    name: str
    datatype: str
    values: NDArray[Any]


def to_binary(tensor: Tensor) -> bytes:
    """Row-major, without padding; each element of a `BYTES` tensor after its length."""
    if tensor.datatype != BYTES:
        return tensor.values.astype(DTYPES[tensor.datatype], order="C", copy=False).tobytes()
    return b"".join(_LENGTH.pack(len(element)) + element for element in tensor.values.flat)


def from_binary(data: bytes | memoryview, *, datatype: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """The array in `data`; an array of numbers shares its memory. Raises MalformedMessageError."""
    if datatype == BYTES:
        return _elements(_split(memoryview(data)), shape)
    dtype = np.dtype(DTYPES[datatype])
    expected = math.prod(shape) * dtype.itemsize
    if len(data) != expected:
        raise MalformedMessageError(f"{datatype} of shape {list(shape)} has {expected:,} bytes, not {len(data):,}.")
    return np.frombuffer(data, dtype).reshape(shape)


def to_json(tensor: Tensor) -> list[Any]:
    """The elements in row-major order; `BYTES` as text."""
    if tensor.datatype == BYTES:
        return [element.decode("utf-8", "replace") for element in tensor.values.flat]
    flat: list[Any] = tensor.values.ravel().tolist()
    return flat


def from_json(data: object, *, datatype: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """The array of a list, flat or nested; text becomes UTF-8. Raises MalformedMessageError."""
    if not isinstance(data, list):
        raise MalformedMessageError("A tensor's data is a list.")
    if datatype == BYTES:
        return _elements([_as_bytes(element) for element in _flattened(data)], shape)
    try:
        values = np.asarray(data, DTYPES[datatype])
    except (ValueError, TypeError, OverflowError) as error:
        raise MalformedMessageError(f"The data is not {datatype}: {error}") from error
    if values.size != math.prod(shape):
        raise MalformedMessageError(f"Shape {list(shape)} has {math.prod(shape)} elements, not {values.size}.")
    return values.reshape(shape)


def check_datatype(datatype: object) -> str:
    """The name of an element type in DTYPES. Raises MalformedMessageError."""
    if not isinstance(datatype, str) or datatype not in DTYPES:
        raise MalformedMessageError(f"The datatype {echo(datatype)} is not known. Use one of {', '.join(DTYPES)}.")
    return datatype


def check_shape(shape: object) -> tuple[int, ...]:
    """The shape in a list. Raises MalformedMessageError."""
    if not isinstance(shape, list) or len(shape) > MAX_DIMENSIONS or not all(_is_length(side) for side in shape):
        raise MalformedMessageError(f"A shape is a list of at most {MAX_DIMENSIONS} whole numbers, each 0 or more.")
    if math.prod(side or 1 for side in shape) > MAX_ELEMENTS:
        raise MalformedMessageError(f"No tensor has the shape {shape}: at most {MAX_ELEMENTS:,} elements are possible.")
    return tuple(shape)


def echo(value: object) -> str:
    """A value of a message as an error may repeat it, however long it is."""
    text = repr(value[:LONGEST_ECHO] if isinstance(value, str) else value)
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"


def _is_length(side: object) -> bool:
    return isinstance(side, int) and not isinstance(side, bool) and 0 <= side < 2**31


def _split(data: memoryview) -> list[bytes]:
    elements, at = [], 0
    while at < len(data):
        start = at + _LENGTH.size
        at = start + (_LENGTH.unpack_from(data, at)[0] if start <= len(data) else 0)
        if at > len(data) or start > len(data):
            raise MalformedMessageError("A BYTES tensor ends in the middle of an element.")
        elements.append(bytes(data[start:at]))
    return elements


def _elements(elements: list[bytes], shape: tuple[int, ...]) -> NDArray[Any]:
    if len(elements) != math.prod(shape):
        raise MalformedMessageError(f"Shape {list(shape)} has {math.prod(shape)} elements, not {len(elements)}.")
    values = np.empty(len(elements), dtype=object)
    values[:] = elements
    return values.reshape(shape)


def _flattened(data: list[Any]) -> list[Any]:
    for _ in range(MAX_DIMENSIONS):
        if not any(isinstance(part, list) for part in data):
            break
        data = [element for part in data for element in (part if isinstance(part, list) else [part])]
    return data


def _as_bytes(element: object) -> bytes:
    if not isinstance(element, str):
        raise MalformedMessageError("In JSON, the elements of a BYTES tensor are strings.")
    return element.encode("utf-8", "surrogatepass")
