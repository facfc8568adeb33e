"""Hugging Face's image classification task, as `huggingface_hub.InferenceClient` and its Inference API speak it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from classifier.compat.base import AdapterView, serving
from classifier.compat.bodies import admitted, photo_of_base64
from classifier.errors import MalformedMessageError, ModelNotReadyError
from classifier.inference.open_inference.messages import read_object
from classifier.inference.types import Output

TOP_K = 5
"""How many labels the task returns when the request says no number."""
SNIFFED_BYTES = 64


@dataclass(frozen=True, slots=True)
class TaskRequest:
    """A photo's file, and how many labels to return."""

    photo: bytes
    top_k: int


class ImageClassificationView(AdapterView):
    """Takes the bare photo, or JSON with its base64 in `inputs` and `parameters` beside it."""

    def post(self, request: Request, model: str = "") -> Response:
        service = serving(model.strip("/"))
        with admitted(request, service) as (body, slot):
            task = read_request(body, output=service.manifest.output)
            classification = slot.classify(task.photo, top_k=task.top_k)
        return Response([{"label": scored.label, "score": scored.probability} for scored in classification.top])

    def error_body(self, *, code: str, detail: str, headers: Mapping[str, str]) -> dict[str, Any]:
        body: dict[str, Any] = {"error": detail, "error_type": code}
        if code == ModelNotReadyError.code and "Retry-After" in headers:
            body["estimated_time"] = float(headers["Retry-After"])
        return body


def read_request(body: bytes, *, output: Output) -> TaskRequest:
    """Reads a body for a model with this `output`: JSON, or else the photo itself.

    The first byte decides, since clients name the media type of a photo in many ways or not at all. Raises
    MalformedMessageError.
    """
    if body[:SNIFFED_BYTES].lstrip()[:1] != b"{":
        return TaskRequest(body, TOP_K)
    message = read_object(body)
    parameters = message.get("parameters") or {}
    if not isinstance(parameters, dict):
        raise MalformedMessageError("`parameters` must be an object.")
    if parameters.get("function_to_apply") not in (None, output):
        raise MalformedMessageError(
            f"This model applies {output} to its scores. Leave `function_to_apply` out, or send {output!r}."
        )
    return TaskRequest(photo_of_base64(message.get("inputs")), _top_k(parameters.get("top_k")))


def _top_k(value: object) -> int:
    if value is None:
        return TOP_K
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise MalformedMessageError("`top_k` must be a whole number, 1 or more.")
    return value
