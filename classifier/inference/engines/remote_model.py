"""What a remote server says of a model: whether it is ours, in our version, and how its tensors are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from classifier.errors import MalformedMessageError, ModelUnavailableError
from classifier.inference.engines.remote_http import NOT_FOUND, OK, Answer, RemoteConnections
from classifier.inference.errors import RemoteModelError
from classifier.inference.open_inference.messages import read_object
from classifier.inference.open_inference.tensors import echo
from classifier.inference.types import ModelRef, Preprocessing, RemoteModel

BINARY = "binary_tensor_data"
"""The protocol's extension for tensors beside the JSON; without it they travel as numbers in JSON."""
NETWORK_INPUT = "network_input"
"""Our own extension: a server that takes photos takes a network's input under the same name, too."""
ANY_LENGTH = -1


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and how to ask: a path below `/v2`, the names of two tensors, whether they may be binary."""

    path: str
    input: str
    output: str
    is_binary: bool


def find_endpoint(connections: RemoteConnections, model: RemoteModel, preprocessing: Preprocessing) -> Endpoint:
    """Asks the server for the model, by its name and version. Raises RemoteModelError."""
    url = model.server.url
    try:
        extensions = _strings(_told(connections.get(""), url).get("extensions"))
        path, facts = _find_model(connections, model.ref, url)
    except ModelUnavailableError as error:
        raise RemoteModelError(f"{url} does not answer (CLASSIFIER_REMOTE_URL): {error.__cause__ or error}") from error
    wanted = [ANY_LENGTH, preprocessing.height_px, preprocessing.width_px, 3]
    return Endpoint(
        path,
        input=_input(facts, wanted, takes_any=NETWORK_INPUT in extensions),
        output=_output(facts, classes=model.classes),
        is_binary=BINARY in extensions,
    )


def _find_model(connections: RemoteConnections, ref: ModelRef, url: str) -> tuple[str, dict[str, Any]]:
    """The path and the metadata of the model in our version.

    Servers that give versions numbers of their own have it under the name of its folder, `NAME-VERSION`.
    """
    for path in (f"/models/{ref.name}/versions/{ref.version}", f"/models/{ref.name}-{ref.version}"):
        answer = connections.get(path)
        if answer.status == OK:
            return path, _told(answer, url)
        if answer.status not in (400, NOT_FOUND):
            _told(answer, url)
    answer = connections.get(f"/models/{ref.name}")
    there = f"in version {', '.join(_strings(_told(answer, url).get('versions')))}" if answer.status == OK else "not"
    raise RemoteModelError(
        f"{url} serves {ref.name} {there}; version {ref.version} is active here. Let it serve this version, as "
        f"{ref.name} or as {ref.name}-{ref.version}, or activate the other one."
    )


def _told(answer: Answer, url: str) -> dict[str, Any]:
    """The JSON of a good answer. Raises RemoteModelError."""
    if answer.status != OK:
        raise RemoteModelError(
            f"{url} answers {answer.status} {echo(answer.text)}; check CLASSIFIER_REMOTE_URL and _TOKEN."
        )
    try:
        return read_object(answer.body)
    except MalformedMessageError as error:
        raise RemoteModelError(f"{url} does not speak the Open Inference Protocol: {error}") from error


def _input(facts: dict[str, Any], wanted: list[int], *, takes_any: bool) -> str:
    """The name of the one input, which takes `wanted`. Raises RemoteModelError."""
    inputs = _tensors(facts, "inputs")
    if len(inputs) == 1 and (takes_any or (inputs[0]["datatype"] == "FP32" and _fits(inputs[0]["shape"], wanted))):
        return str(inputs[0]["name"])
    taken = " and ".join(f"{entry['datatype']} of shape {entry['shape']}" for entry in inputs[:3]) or "nothing"
    raise RemoteModelError(f"The remote model takes {taken}; its folder here says FP32 of shape {wanted}.")


def _output(facts: dict[str, Any], *, classes: int) -> str:
    """The name of the output with a score for each class, else of the first with numbers. Raises RemoteModelError."""
    outputs = [tensor for tensor in _tensors(facts, "outputs") if tensor["datatype"] == "FP32"]
    found = [tensor for tensor in outputs if _fits(tensor["shape"], [ANY_LENGTH, classes])] or outputs
    if not found:
        raise RemoteModelError("The remote model has no output of FP32.")
    return str(found[0]["name"])


def _tensors(facts: dict[str, Any], key: str) -> list[dict[str, Any]]:
    entries = facts.get(key)
    known = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [{"name": "", "datatype": "", "shape": [], **entry} for entry in known]


def _fits(shape: object, wanted: list[int]) -> bool:
    """Whether a shape as the protocol tells it has room for one photo of `wanted`; -1 is any length there."""
    if not isinstance(shape, list) or len(shape) != len(wanted):
        return False
    photo = [1, *wanted[1:]]
    return all(side in (ANY_LENGTH, length) for side, length in zip(shape, photo, strict=True))


def _strings(entries: object) -> list[str]:
    return [str(entry) for entry in entries] if isinstance(entries, Iterable) else []
