"""Files of PyTorch weights, put together by hand: PyTorch is not needed to make them."""

import pickle
import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

PICKLE, END = b"\x80\x02", b"."


def torch_file(tensors: Mapping[str, NDArray[np.float32]], *, tensor_pickle: bytes | None = None) -> bytes:
    """A file as PyTorch before 1.6 wrote a state dict; each tensor's values in the order of their memory."""
    keys = [str(1000 + index) for index in range(len(tensors))]
    described = tensor_pickle or state_dict(
        {name: tensor(key, array) for key, (name, array) in zip(keys, tensors.items(), strict=True)}
    )
    return (
        pickle.dumps(0x1950A86A20F9469CFC6C, 2)
        + pickle.dumps(1001, 2)
        + pickle.dumps({"protocol_version": 1001, "little_endian": True}, 2)
        + described
        + pickle.dumps(keys, 2)
        + b"".join(struct.pack("<q", array.size) + array.ravel(order="K").tobytes() for array in tensors.values())
    )


def state_dict(entries: Mapping[str, bytes]) -> bytes:
    """The pickle of an OrderedDict with these instructions for values."""
    items = b"".join(text(name) + value for name, value in entries.items())
    return PICKLE + named("collections", "OrderedDict") + b")R(" + items + b"u" + END


def tensor(key: str, array: NDArray[np.float32], *, count: int | None = None, offset: int = 0) -> bytes:
    """The instructions that rebuild a tensor with the array's shape and strides."""
    strides = [step // array.itemsize for step in array.strides]
    return rebuilt(storage(key, array.size if count is None else count), offset, array.shape, strides)


def rebuilt(storage: bytes, offset: int, size: Sequence[int], stride: Sequence[int]) -> bytes:
    arguments = (storage, number(offset), several(*map(number, size)), several(*map(number, stride)), b"\x89", b"N")
    return named("torch._utils", "_rebuild_tensor_v2") + several(*arguments) + b"R"


def storage(key: str, count: int, *, dtype: bytes | None = None) -> bytes:
    kind = named("torch", "FloatStorage") if dtype is None else dtype
    return several(text("storage"), kind, text(key), text("cpu"), number(count), b"N") + b"Q"


def named(module: str, name: str) -> bytes:
    return f"c{module}\n{name}\n".encode()


def text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value.encode())) + value.encode()


def number(value: int) -> bytes:
    return b"\x8a\x09" + value.to_bytes(9, "little", signed=True)


def several(*parts: bytes) -> bytes:
    return b"(" + b"".join(parts) + b"t"
