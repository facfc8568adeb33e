"""Requests and responses of the protocol, as values and as bodies."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifier.errors import MalformedMessageError
from classifier.inference.open_inference.tensors import (
    Tensor,
    check_datatype,
    check_shape,
    echo,
    from_binary,
    from_json,
    to_binary,
    to_json,
)

MAX_JSON_VALUES = 2_000_000
"""In a message, lists and objects included: each takes about 64 bytes of memory, and may take only two in the body."""
MAX_ID_CHARACTERS = 1000
HEADER_LENGTH = "Inference-Header-Content-Length"
"""The HTTP header that says how long the JSON is, where binary tensors follow it."""


@dataclass(frozen=True, slots=True)
class RequestedOutput:
    """An output that a client requests: whole, or its `class_count` best classes as `value:index:label`."""

    name: str
    is_binary: bool = False
    class_count: int = 0


@dataclass(frozen=True, slots=True)
class InferRequest:
    """An inference request; without `outputs` it is for all outputs, in binary if `all_binary`."""

    inputs: tuple[Tensor, ...]
    outputs: tuple[RequestedOutput, ...] = ()
    id: str = ""
    all_binary: bool = False


def read_request(body: bytes, *, header_length: int | None = None) -> InferRequest:
    """Reads the body of `POST models/{name}/infer`. Raises MalformedMessageError."""
    message, rest = split_body(body, header_length=header_length)
    all_binary = _parameters(message).get("binary_data_output") is True
    outputs = message.get("outputs") or []
    return InferRequest(
        inputs=read_tensors(message.get("inputs"), rest),
        outputs=_read_outputs(outputs, all_binary=all_binary),
        id=_read_id(message.get("id")),
        all_binary=all_binary,
    )


def split_body(body: bytes, *, header_length: int | None) -> tuple[dict[str, Any], memoryview]:
    """The JSON object of a body, and the binary data after it. Raises MalformedMessageError."""
    length = len(body) if header_length is None else header_length
    if not 0 <= length <= len(body):
        raise MalformedMessageError(f"{HEADER_LENGTH} is {length}, but the body has {len(body)} bytes.")
    return read_object(body[:length]), memoryview(body)[length:]


def read_object(text: bytes) -> dict[str, Any]:
    """A JSON object. Raises MalformedMessageError."""
    if sum(text.count(mark) for mark in (b",", b"[", b"{")) > MAX_JSON_VALUES:
        raise MalformedMessageError(f"More than {MAX_JSON_VALUES:,} values in JSON. Send the tensor in binary.")
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedMessageError(f"The JSON cannot be read: {error}") from error
    if not isinstance(message, dict):
        raise MalformedMessageError("The JSON must be an object.")
    return message


def read_tensors(entries: object, rest: memoryview) -> tuple[Tensor, ...]:
    """The tensors of a message's `inputs` or `outputs`; binary ones are in `rest`, in the same order.

    Raises MalformedMessageError.
    """
    tensors, at = [], 0
    for entry in _objects(entries, "tensors"):
        size = _parameters(entry).get("binary_data_size")
        name, datatype, shape = (
            entry.get("name"),
            check_datatype(entry.get("datatype")),
            check_shape(entry.get("shape")),
        )
        if not isinstance(name, str):
            raise MalformedMessageError("Each tensor needs a name.")
        if size is None:
            values = from_json(entry.get("data"), datatype=datatype, shape=shape)
        else:
            if not isinstance(size, int) or not 0 <= size <= len(rest) - at:
                raise MalformedMessageError(
                    f"binary_data_size of {echo(name)} is {echo(size)}; {len(rest) - at} bytes are left."
                )
            values = from_binary(rest[at : at + size], datatype=datatype, shape=shape)
            at += size
        tensors.append(Tensor(name, datatype, values))
    return tuple(tensors)


def write_body(
    facts: Mapping[str, Any], *, key: str, tensors: Sequence[Tensor], binary: frozenset[str] = frozenset()
) -> tuple[bytes, int | None]:
    """A body with `facts` and, under `key`, the tensors; those named in `binary` follow the JSON.

    Returns it with the length of the JSON for the header `HEADER_LENGTH`, or None when nothing follows.
    """
    entries, blobs = [], []
    for tensor in tensors:
        entry = {"name": tensor.name, "datatype": tensor.datatype, "shape": list(tensor.values.shape)}
        if tensor.name in binary:
            blobs.append(to_binary(tensor))
            entries.append({**entry, "parameters": {"binary_data_size": len(blobs[-1])}})
        else:
            entries.append({**entry, "data": to_json(tensor)})
    header = json.dumps({**facts, key: entries}).encode()
    return b"".join([header, *blobs]), len(header) if blobs else None


def _read_id(text: object) -> str:
    """The client's name for its request, which the answer repeats."""
    if text is None:
        return ""
    if not isinstance(text, str | int) or len(str(text)) > MAX_ID_CHARACTERS:
        raise MalformedMessageError(f"The id of a request is text of at most {MAX_ID_CHARACTERS:,} characters.")
    return str(text)


def _read_outputs(entries: object, *, all_binary: bool) -> tuple[RequestedOutput, ...]:
    """Each output once: however often one is asked for, the answer must not grow beyond what there is to answer."""
    outputs: dict[str, RequestedOutput] = {}
    for entry in _objects(entries, "outputs"):
        output = _read_output(entry, all_binary=all_binary)
        if output.name in outputs:
            raise MalformedMessageError(f"The output {echo(output.name)} is requested more than once.")
        outputs[output.name] = output
    return tuple(outputs.values())


def _read_output(output: dict[str, Any], *, all_binary: bool) -> RequestedOutput:
    parameters, name = _parameters(output), output.get("name")
    class_count = parameters.get("classification", 0)
    if not isinstance(name, str) or not isinstance(class_count, int) or class_count < 0:
        raise MalformedMessageError("Each output needs a name; `classification` is a whole number, 0 or more.")
    return RequestedOutput(name, is_binary=parameters.get("binary_data", all_binary) is True, class_count=class_count)


def _objects(entries: object, kind: str) -> list[dict[str, Any]]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise MalformedMessageError(f"The {kind} must be a list of objects.")
    return entries


def _parameters(entry: Mapping[str, Any]) -> dict[str, Any]:
    parameters = entry.get("parameters")
    return parameters if isinstance(parameters, dict) else {}
