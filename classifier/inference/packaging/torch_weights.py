"""Weights in PyTorch's file format from before 1.6, read as data: nothing in the file is imported or run."""

import io
import math
import pickletools
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from classifier.inference.errors import UnreadableWeightsError

_MAGIC, _PROTOCOL = 0x1950A86A20F9469CFC6C, 1001
_DTYPES: dict[str, np.dtype[Any]] = {"torch FloatStorage": np.dtype("<f4"), "torch LongStorage": np.dtype("<i8")}
_DICT, _TENSOR = "collections OrderedDict", "torch._utils _rebuild_tensor_v2"
_GLOBALS = frozenset({*_DTYPES, _DICT, _TENSOR})
_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_OPERANDS = {
    "TUPLE1": ("TUPLE", 1),
    "TUPLE2": ("TUPLE", 2),
    "TUPLE3": ("TUPLE", 3),
    "APPEND": ("APPENDS", 1),
    "SETITEM": ("SETITEMS", 2),
}
"""Instructions that do as another does, with so many values from the stack instead of all since the last mark."""


class _Global(str):
    """The name of something that Python would import."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Storage:
    """Where the values of a tensor lie: a run of numbers further on in the file."""

    dtype: np.dtype[Any]
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    """A view into a storage; offset, size and stride count values, not bytes."""

    storage: _Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]


def read_torch_weights(data: bytes) -> dict[str, NDArray[Any]]:
    """The tensors of a state dict by name, float32 or int64, contiguous, in PyTorch's order of axes.

    The format: five pickles (magic number, protocol, facts about the writer's machine, the tensors, the keys of the
    storages), then for each storage its count as int64 and its values, little-endian. Raises UnreadableWeightsError
    for anything else; memory grows with the file's size, whatever the file says.
    """
    file = io.BytesIO(data)
    try:
        magic, protocol, system, tensors, keys = (_load(file) for _ in range(5))
        _require((magic, protocol) == (_MAGIC, _PROTOCOL), "it does not begin as one")
        _require(isinstance(system, dict) and system.get("little_endian") is True, "it is not little-endian")
        _require(_is_state_dict(tensors), "it holds something else than tensors by name")
        storages = {tensor.storage.key: tensor.storage for tensor in tensors.values()}
        _require(len(storages) == len(tensors), "tensors share a storage")
        _require(_are_names(keys) and sorted(keys) == sorted(storages), "it lists other storages than it uses")
        values = {key: _read_storage(file, storages[key]) for key in keys}
        _require(not file.read(1), "something follows its end")
        return {name: _view(tensor, values[tensor.storage.key]) for name, tensor in tensors.items()}
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, struct.error) as error:
        reason = str(error)[:200]
        raise UnreadableWeightsError(f"This is not a file of PyTorch weights: {reason}.") from error


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def _load(file: io.BytesIO) -> Any:
    """The value of the next pickle. A pickle is a program; this follows the few instructions that make plain data."""
    stack: list[Any] = []
    marks: list[int] = []
    memo: dict[Any, Any] = {}
    for opcode, argument, _ in pickletools.genops(file):
        match opcode.name:
            case "STOP":
                return stack.pop()
            case "MARK":
                marks.append(len(stack))
            case "BINPUT" | "LONG_BINPUT":
                memo[argument] = stack[-1]
            case "BINGET" | "LONG_BINGET":
                stack.append(memo[argument])
            case "BINPERSID":
                stack.append(_storage(stack.pop()))
            case "TUPLE" | "SETITEMS" | "APPENDS" as name:
                _gather(stack, name, _cut(stack, marks.pop()))
            case name if name in _OPERANDS:
                name, operands = _OPERANDS[name]
                _gather(stack, name, _cut(stack, len(stack) - operands))
            case "REDUCE":
                arguments = stack.pop()
                stack.append(_made(stack.pop(), arguments))
            case "BUILD":
                stack.pop()  # what PyTorch hangs on a state dict, its versions
            case name:
                stack.extend(_plain(name, argument))
    raise ValueError("a pickle has no end")


def _plain(name: str, argument: Any) -> Iterator[Any]:
    """What an instruction without operands puts on the stack."""
    match name:
        case "PROTO":
            return
        case "BININT" | "BININT1" | "BININT2" | "LONG1" | "BINUNICODE":
            yield argument
        case "NONE" | "NEWTRUE" | "NEWFALSE":
            yield _CONSTANTS[name]
        case "EMPTY_TUPLE":
            yield ()
        case "EMPTY_LIST":
            yield []
        case "EMPTY_DICT":
            yield {}
        case "GLOBAL":
            _require(argument in _GLOBALS, f"it names {argument!r}, which weights have no use for")
            yield _Global(argument)
        case _:
            raise ValueError(f"it has the instruction {name}, which weights have no use for")


def _cut(stack: list[Any], start: int) -> list[Any]:
    _require(0 <= start <= len(stack), "a pickle takes what it did not put")
    items = stack[start:]
    del stack[start:]
    return items


def _gather(stack: list[Any], name: str, items: list[Any]) -> None:
    """Makes a tuple of the items, or puts them into the list or dict before them."""
    match name:
        case "TUPLE":
            stack.append(tuple(items))
        case "APPENDS":
            stack[-1].extend(items)
        case "SETITEMS":
            keys, values = items[::2], items[1::2]
            _require(_are_names(keys), "a name in it is not a text")
            stack[-1].update(zip(keys, values, strict=True))


def _made(function: Any, arguments: Any) -> Any:
    _require(isinstance(function, _Global), "it calls what is no function")
    if function == _DICT and arguments == ():
        return {}
    _require(function == _TENSOR, f"it calls {function}")
    storage, offset, size, stride, *_ = arguments
    _require(isinstance(storage, _Storage) and _are_counts((offset,)), "a tensor has no place")
    _require(_are_counts(size) and _are_counts(stride) and len(size) == len(stride), "a tensor has no shape")
    return _Tensor(storage, offset, size, stride)


def _storage(identity: Any) -> _Storage:
    kind, dtype, key, _, count, _ = identity
    _require(kind == "storage" and isinstance(dtype, _Global), "it refers to what is no storage")
    _require(isinstance(key, str) and _are_counts((count,)), "a storage has no key or no size")
    return _Storage(_DTYPES[dtype], key, count)


def _are_counts(values: Any) -> bool:
    return isinstance(values, tuple) and all(type(value) is int and value >= 0 for value in values)


def _are_names(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _is_state_dict(tensors: Any) -> bool:
    return isinstance(tensors, dict) and all(isinstance(tensor, _Tensor) for tensor in tensors.values())


def _read_storage(file: io.BytesIO, storage: _Storage) -> NDArray[Any]:
    (count,) = struct.unpack("<q", file.read(8))
    _require(count == storage.count, f"storage {storage.key} has {count} values instead of {storage.count}")
    values = file.read(count * storage.dtype.itemsize)
    _require(len(values) == count * storage.dtype.itemsize, f"it ends within storage {storage.key}")
    return np.frombuffer(values, storage.dtype)


def _view(tensor: _Tensor, values: NDArray[Any]) -> NDArray[Any]:
    """The tensor's values; each lies inside its storage, and none is told more often than there are values."""
    last = tensor.offset + sum((n - 1) * step for n, step in zip(tensor.size, tensor.stride, strict=True))
    _require(0 < math.prod(tensor.size) <= len(values) and last < len(values), "a tensor reaches beyond its storage")
    strides = [step * values.itemsize for step in tensor.stride]
    return np.array(as_strided(values[tensor.offset :], tensor.size, strides, writeable=False), order="C")
