"""A photo gets the same answer through every door."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from PIL import Image
from rest_framework.test import APIClient

from classifier.compat import functions
from classifier.models import ModelVersion, Prediction
from classifier.tests.examples import encoded, upload

ORANGE = Path(__file__).resolve().parents[3] / "docs/images/orange.jpg"


def large_photo() -> bytes:
    """So large that it is decoded reduced."""
    return encoded(Image.open(ORANGE).resize((1920, 1440)))


@pytest.mark.parametrize("originals_are_kept", [True, False])
def test_all_doors_agree_to_the_last_digit(
    serving: ModelVersion,
    api_client: APIClient,
    client: Client,
    user: User,
    settings: Any,
    tmp_path: Path,
    originals_are_kept: bool,
) -> None:
    settings.CLASSIFIER_KEEP_ORIGINALS = originals_are_kept
    photo = large_photo()
    file = tmp_path / "photo.jpg"
    file.write_bytes(photo)
    text = base64.b64encode(photo).decode()
    tensor = {"name": "image", "datatype": "BYTES", "shape": [1], "data": [text]}
    output = io.StringIO()

    stored = api_client.post("/api/v1/predictions/", {"image": upload(photo)}, format="multipart").json()
    once = api_client.post("/api/v1/predict/", {"image": upload(photo)}, format="multipart").json()
    hugging_face = api_client.post("/compat/hf", {"inputs": text}, format="json").json()
    tutorial = api_client.post("/compat/api/predict/", {"image": text}, format="json").json()
    open_inference = api_client.post("/compat/v2/models/colours/infer", {"inputs": [tensor]}, format="json").json()
    call_command("classify", str(file), "--json", stdout=output)
    client.force_login(user)
    client.post("/", {"image": upload(photo)})

    outputs = {tensor["name"]: tensor["data"] for tensor in open_inference["outputs"]}
    probabilities = {
        "predictions": stored["probability"],
        "predict": once["predictions"][0]["probability"],
        "hugging face": hugging_face[0]["score"],
        "first tutorial": tutorial["score"] / 100,
        "open inference": outputs["probability"][0],
        "command": json.loads(output.getvalue())[0]["probability"],
        "page": Prediction.objects.latest("created_at").probability,
        "function": functions.predict(file)[1] / 100,
    }
    assert {round(probability, 9) for probability in probabilities.values()} == {round(stored["probability"], 9)}
