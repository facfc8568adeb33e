"""Reading PyTorch's files without PyTorch, and refusing what is none."""

import sys
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest
from numpy.typing import NDArray

from classifier.inference.errors import UnreadableWeightsError
from classifier.inference.packaging.torch_weights import read_torch_weights
from classifier.tests.inference.packaging.torch_files import (
    END,
    PICKLE,
    named,
    number,
    rebuilt,
    several,
    state_dict,
    storage,
    tensor,
    text,
    torch_file,
)

HUGE = 2**60


def counted(*shape: int) -> NDArray[np.float32]:
    return np.arange(np.prod(shape), dtype=np.float32).reshape(shape)


def small_file() -> bytes:
    return torch_file({"conv.weight": counted(2, 1, 3, 3).transpose(3, 2, 1, 0), "conv.bias": counted(3)})


def test_tensors_come_back_by_name() -> None:
    weights = {"conv.weight": counted(4, 3, 2, 2), "conv.bias": counted(4)}

    read = read_torch_weights(torch_file(weights))

    assert list(read) == list(weights)
    assert all(np.array_equal(read[name], weights[name]) for name in weights)


def test_a_tensor_that_is_not_contiguous_keeps_its_meaning() -> None:
    transposed = counted(2, 3, 4).transpose(2, 0, 1)

    read = read_torch_weights(torch_file({"weight": transposed}))

    assert np.array_equal(read["weight"], transposed)
    assert read["weight"].flags.c_contiguous


def test_a_file_cut_off_anywhere_is_refused() -> None:
    whole = small_file()

    for length in range(len(whole)):
        with pytest.raises(UnreadableWeightsError):
            read_torch_weights(whole[:length])


def test_a_flipped_bit_gives_other_values_or_a_refusal_and_never_takes_memory() -> None:
    whole = small_file()
    tracemalloc.start()

    for position in range(len(whole)):
        for bit in (position % 8, (position + 4) % 8):
            flipped = bytearray(whole)
            flipped[position] ^= 1 << bit
            read_or_refuse(bytes(flipped))

    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 2_000_000


def read_or_refuse(data: bytes) -> None:
    with suppress(UnreadableWeightsError):
        read_torch_weights(data)


def test_what_a_file_would_import_is_refused_and_not_imported() -> None:
    sys.modules.pop("this", None)
    hostile = state_dict({"weight": named("this", "s")})

    with pytest.raises(UnreadableWeightsError, match="names 'this s'"):
        read_torch_weights(torch_file({"weight": counted(2)}, tensor_pickle=hostile))

    assert "this" not in sys.modules


CALLS = {
    "another function": (named("os", "system") + several(text("true")) + b"R", "names 'os system'"),
    "eval": (named("builtins", "eval") + several(text("1")) + b"R", "names 'builtins eval'"),
    "a storage type": (named("torch", "FloatStorage") + several(number(8)) + b"R", "calls torch FloatStorage"),
    "a dict with arguments": (named("collections", "OrderedDict") + several(number(8)) + b"R", "calls collections"),
    "a text": (text("no function") + b")R", "calls what is no function"),
    "by INST": (b"(ios\nsystem\n", "instruction INST"),
    "by STACK_GLOBAL": (text("os") + text("system") + b"\x93", "instruction STACK_GLOBAL"),
    "by a registered extension": (b"\x82\x01", "instruction EXT1"),
}
CLAIMS = {
    "a text of 2^64 bytes": (b"\x8d" + b"\xff" * 8, "byte count"),
    "a byte array of 2^60 bytes": (b"\x96" + b"\xff" * 7 + b"\x0f", "expected"),
    "a tuple of what is not there": (b"\x87" * 3, "takes what it did not put"),
    "more ends than beginnings": (b"(" * 3 + b"t" * 9, "pop from empty list"),
    "a text for a tensor": (text("a text"), "something else than tensors"),
    "no storage": (rebuilt(text("1000"), 0, [2], [1]), "no place"),
    "a size beyond the storage": (rebuilt(storage("1000", 2), 0, [HUGE], [1]), "beyond its storage"),
    "one value told endlessly": (rebuilt(storage("1000", 2), 0, [HUGE], [0]), "beyond its storage"),
    "no value": (rebuilt(storage("1000", 2), 0, [0], [1]), "beyond its storage"),
    "an offset beyond the storage": (rebuilt(storage("1000", 2), HUGE, [2], [1]), "beyond its storage"),
    "a stride beyond the storage": (rebuilt(storage("1000", 2), 0, [2], [HUGE]), "beyond its storage"),
    "a stride beyond int64": (rebuilt(storage("1000", 2), 0, [1], [HUGE * 8]), "int"),
    "a stride backwards": (rebuilt(storage("1000", 2), 1, [2], [-1]), "no shape"),
    "an offset before the storage": (rebuilt(storage("1000", 2), -1, [2], [1]), "no place"),
    "a shape without a stride": (rebuilt(storage("1000", 2), 0, [2, 1], [1]), "no shape"),
    "99 axes": (rebuilt(storage("1000", 2), 0, [1] * 99, [1] * 99), "dimension"),
    "a storage of 2^60 values": (rebuilt(storage("1000", HUGE), 0, [HUGE], [1]), "has 2 values instead"),
    "another count than the values'": (rebuilt(storage("1000", 3), 0, [2], [1]), "has 2 values instead of 3"),
    "a storage that is not listed": (rebuilt(storage("2000", 2), 0, [2], [1]), "lists other storages"),
    "a storage of no type": (rebuilt(storage("1000", 2, dtype=text("float")), 0, [2], [1]), "no storage"),
}


@pytest.mark.parametrize(("value", "reason"), CALLS.values(), ids=CALLS)
def test_a_call_is_refused(value: bytes, reason: str) -> None:
    file = torch_file({"weight": counted(2)}, tensor_pickle=state_dict({"weight": value}))

    with pytest.raises(UnreadableWeightsError, match=reason):
        read_torch_weights(file)


@pytest.mark.parametrize(("value", "reason"), CLAIMS.values(), ids=CLAIMS)
def test_a_tensor_that_claims_what_is_not_there_is_refused(value: bytes, reason: str) -> None:
    file = torch_file({"weight": counted(2)}, tensor_pickle=state_dict({"weight": value}))

    with pytest.raises(UnreadableWeightsError, match=reason):
        read_torch_weights(file)


def test_a_memo_of_four_billion_places_takes_no_memory() -> None:
    numbered = tensor("1000", counted(2)) + b"r\xff\xff\xff\xff"

    read = read_torch_weights(torch_file({"weight": counted(2)}, tensor_pickle=state_dict({"weight": numbered})))

    assert np.array_equal(read["weight"], counted(2))


def test_one_storage_is_not_read_for_many_tensors() -> None:
    shared = state_dict({f"weight{n}": tensor("1000", counted(2)) for n in range(3)})

    with pytest.raises(UnreadableWeightsError, match="share a storage"):
        read_torch_weights(torch_file({"weight": counted(2)}, tensor_pickle=shared))


def test_deeply_nested_names_are_refused() -> None:
    key = b")" + b"\x85" * 200_000
    nested = PICKLE + b"}" + key + b"Ns" + END

    with pytest.raises(UnreadableWeightsError, match="not a text"):
        read_torch_weights(torch_file({}, tensor_pickle=nested))


def test_what_follows_the_last_storage_is_refused() -> None:
    with pytest.raises(UnreadableWeightsError, match="follows its end"):
        read_torch_weights(small_file() + b"\0")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 a zip of newer PyTorch", b"\x89HDF\r\n\x1a\n", b"\x80\x02K\x01." * 5]
)
def test_another_format_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableWeightsError):
        read_torch_weights(data)
