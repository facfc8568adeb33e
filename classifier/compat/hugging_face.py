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
"""What the task answers when it is asked for no number."""
LOOK_BYTES = 64


@dataclass(frozen=True, slots=True)
class Asked:
    photo: bytes
    top_k: int


class ImageClassificationView(AdapterView):
    """Takes the bare photo, or JSON with its base64 in `inputs` and `parameters` beside it."""

    def post(self, request: Request, model: str = "") -> Response:
        service = serving(model.strip("/"))
        with admitted(request, service) as (body, place):
            asked = read_request(body, output=service.manifest.output)
            classification = place.classify(asked.photo, top_k=asked.top_k)
        return Response([{"label": scored.label, "score": scored.probability} for scored in classification.top])

    def error_body(self, *, code: str, detail: str, headers: Mapping[str, str]) -> dict[str, Any]:
        body: dict[str, Any] = {"error": detail, "error_type": code}
        if code == ModelNotReadyError.code and "Retry-After" in headers:
            body["estimated_time"] = float(headers["Retry-After"])
        return body


def read_request(body: bytes, *, output: Output) -> Asked:
    """What a body asks of a model with this `output`; a body that is no JSON object is the photo itself.

    Known by their first byte, since clients name the media type of a photo in many ways or not at all. Raises
    MalformedMessageError.
    """
    if body[:LOOK_BYTES].lstrip()[:1] != b"{":
        return Asked(body, TOP_K)
    message = read_object(body)
    parameters = message.get("parameters") or {}
    if not isinstance(parameters, dict):
        raise MalformedMessageError("`parameters` is an object.")
    if parameters.get("function_to_apply") not in (None, output):
        raise MalformedMessageError(
            f"This model's scores are those of its {output}; `function_to_apply` cannot be else."
        )
    return Asked(photo_of_base64(message.get("inputs")), _top_k(parameters.get("top_k")))


def _top_k(value: object) -> int:
    if value is None:
        return TOP_K
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise MalformedMessageError("`top_k` is a whole number from 1.")
    return value
