"""Tensors and messages of the Open Inference Protocol come back as they were sent."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import MalformedMessageError
from classifier.inference.open_inference.messages import (
    MAX_JSON_VALUES,
    read_request,
    read_tensors,
    split_body,
    write_body,
)
from classifier.inference.open_inference.tensors import BYTES, DTYPES, Tensor, from_binary, from_json

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=8,
)
SIDES = st.sampled_from([0, 1, 3, 2**16, 2**31 - 1, 2**31, 2**63, 2**64])
PARAMETERS = st.dictionaries(st.sampled_from(["binary_data_size", "binary_data", "classification"]), ANYTHING)
TENSOR = st.fixed_dictionaries(
    {},
    optional={
        "name": st.just("image") | ANYTHING,
        "datatype": st.sampled_from(list(DTYPES)) | ANYTHING,
        "shape": st.lists(st.integers(-1, 4), max_size=3) | st.lists(SIDES, max_size=9) | ANYTHING,
        "data": st.lists(st.integers(-2, 300), max_size=9) | ANYTHING,
        "parameters": PARAMETERS | ANYTHING,
    },
)
MESSAGE = st.fixed_dictionaries({}, optional={key: st.lists(TENSOR, max_size=3) for key in ("inputs", "outputs")})
TEXTS = np.array([b"red", b"", "größer".encode()], dtype=object)


@pytest.mark.parametrize("is_binary", [True, False])
@pytest.mark.parametrize("datatype", DTYPES)
def test_a_tensor_comes_back(datatype: str, is_binary: bool) -> None:
    values = TEXTS if datatype == BYTES else np.array([[0, 1, 1], [1, 0, 1]], DTYPES[datatype])
    binary = frozenset(["it"]) if is_binary else frozenset()

    body, header_length = write_body({"id": "7"}, key="inputs", tensors=[Tensor("it", datatype, values)], binary=binary)
    message, rest = split_body(body, header_length=header_length)
    (back,) = read_tensors(message["inputs"], rest)

    assert (back.name, back.datatype, back.values.shape) == ("it", datatype, values.shape)
    assert (back.values == values).all()


def test_several_binary_tensors_keep_their_order() -> None:
    tensors = [Tensor(str(n), "INT32", np.arange(n, dtype=np.int32)) for n in (3, 1, 2)]

    body, header_length = write_body({}, key="inputs", tensors=tensors, binary=frozenset("123"))
    back = read_request(body, header_length=header_length).inputs

    assert [tensor.values.tolist() for tensor in back] == [[0, 1, 2], [0], [0, 1]]


@pytest.mark.parametrize(("own", "wanted"), [(None, True), (False, False), (True, True)])
def test_an_output_s_own_wish_goes_before_the_request_s(own: bool | None, wanted: bool) -> None:
    parameters = {} if own is None else {"binary_data": own}
    facts = {"parameters": {"binary_data_output": True}, "outputs": [{"name": "label", "parameters": parameters}]}

    body, _ = write_body(facts, key="inputs", tensors=[])

    assert read_request(body).outputs[0].is_binary is wanted


@pytest.mark.parametrize(
    ("data", "shape"), [(b"\x01", (1,)), (b"\x05\x00\x00\x00ab", (1,)), (b"\x00\x00\x00\x00", (2,))]
)
def test_a_bytes_tensor_that_ends_too_soon_is_refused(data: bytes, shape: tuple[int, ...]) -> None:
    with pytest.raises(MalformedMessageError):
        from_binary(data, datatype=BYTES, shape=shape)


@pytest.mark.parametrize(
    ("data", "datatype"), [([[1], [1, 2]], "UINT8"), ([{}], "FP32"), (["a"], "INT8"), ([1], BYTES), ([-1], "UINT8")]
)
def test_json_that_is_no_tensor_is_refused(data: Any, datatype: str) -> None:
    with pytest.raises(MalformedMessageError):
        from_json(data, datatype=datatype, shape=(1,))


def test_nested_json_is_taken() -> None:
    assert from_json([["a", "b"]], datatype=BYTES, shape=(1, 2)).tolist() == [[b"a", b"b"]]


@given(message=MESSAGE | ANYTHING, rest=st.binary(max_size=20), header_length=st.none() | st.integers(-5, 200))
def test_whatever_is_sent_is_read_or_refused(message: Any, rest: bytes, header_length: int | None) -> None:
    header = json.dumps(message).encode()
    for length in (header_length, len(header)):
        try:
            request = read_request(header + rest, header_length=length)
        except MalformedMessageError:
            continue
        assert all(tensor.datatype in DTYPES for tensor in request.inputs)


@pytest.mark.parametrize("part", [b"[],", b"{},", b"0,"])
def test_json_that_would_swell_in_memory_is_refused(part: bytes) -> None:
    with pytest.raises(MalformedMessageError, match="in binary"):
        read_request(b'{"inputs": [' + part * MAX_JSON_VALUES + b"0]}")
