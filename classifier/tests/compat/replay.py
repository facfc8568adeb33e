"""Sends a request that is on record once more."""

import base64
import json
from pathlib import Path
from typing import Any

from rest_framework.test import APIClient

from classifier.inference.open_inference.messages import HEADER_LENGTH, read_tensors, split_body
from classifier.inference.open_inference.tensors import to_json
from classifier.tests.recorded import read_recorded


def replay(file: Path, token: str) -> Any:
    request = read_recorded(file)
    body: Any = base64.b64decode(request["body"])
    headers = {name: value.replace("TOKEN", token) for name, value in request["headers"].items()}
    return APIClient().generic(
        request["method"],
        request["path"],
        body,
        content_type=headers.pop("CONTENT_TYPE", ""),
        **headers,
    )


def told_answer(answer: Any, *, version: str) -> dict[str, Any]:
    """An answer of the Open Inference Protocol for the record: its tensors as lists, the model's version left out."""
    length = answer.get(HEADER_LENGTH)
    message, rest = split_body(answer.content, header_length=int(length) if length else None)
    tensors = {tensor.name: to_json(tensor) for tensor in read_tensors(message["outputs"], rest)}
    told = json.loads(json.dumps(message).replace(version, "VERSION"))
    return {"status": answer.status_code, "type": answer["Content-Type"], "message": told, "tensors": tensors}
