"""Rows of the database for tests that need no photo behind them."""

import base64
from typing import Any

from django.contrib.auth.models import User

from classifier.models import DeviceToken, Feedback, ModelVersion, Prediction


def make_prediction(owner: User, version: ModelVersion, label: str, **fields: Any) -> Prediction:
    defaults = {"probability": 0.9, "width": 1, "height": 1, "byte_size": 1, "sha256": "", "content_type": "image/jpeg"}
    times = dict.fromkeys(("decode_ms", "preprocess_ms", "inference_ms"), 0.0)
    row = {**defaults, **times, "top": [], "label": label, "owner": owner, "model_version": version, **fields}
    return Prediction.objects.create(**row)


def say(row: Prediction, label: str, *, wnid: str = "") -> None:
    """The owner says what the photo shows."""
    is_right = (wnid, label) == (row.wnid, row.label)
    Feedback.objects.create(
        prediction=row, verdict="right" if is_right else "wrong", label=label, wnid=wnid, by=row.owner
    )


def token_header(user: User) -> dict[str, str]:
    """The header of a request from a device on which the user is signed in."""
    _, token = DeviceToken.objects.create(user)
    return {"Authorization": f"Token {token}"}


def cursor_of(tokens: str) -> str:
    """A page's cursor as clients get it, with any tokens in it."""
    return base64.b64encode(tokens.encode()).decode()
