"""A photo gets the same answer through every door."""

import base64
import io
import json
from pathlib import Path

from django.core.management import call_command
from rest_framework.test import APIClient

from classifier.models import ModelVersion

ORANGE = Path(__file__).resolve().parents[3] / "docs/images/orange.jpg"


def test_the_api_its_dialects_and_the_command_agree_to_the_last_digit(
    serving: ModelVersion, api_client: APIClient
) -> None:
    photo = ORANGE.read_bytes()
    text = base64.b64encode(photo).decode()
    told = io.StringIO()

    with ORANGE.open("rb") as file:
        stored = api_client.post("/api/v1/predictions/", {"image": file}, format="multipart").json()
    with ORANGE.open("rb") as file:
        once = api_client.post("/api/v1/predict/", {"image": file}, format="multipart").json()
    hugging_face = api_client.post("/compat/hf", {"inputs": text}, format="json").json()
    tutorial = api_client.post("/compat/api/predict/", {"image": text}, format="json").json()
    call_command("classify", str(ORANGE), "--json", stdout=told)

    answers = {
        "predictions": stored["probability"],
        "predict": once["predictions"][0]["probability"],
        "hugging face": hugging_face[0]["score"],
        "first tutorial": tutorial["score"] / 100,
        "command": json.loads(told.getvalue())[0]["probability"],
    }
    assert {round(probability, 9) for probability in answers.values()} == {round(stored["probability"], 9)}, answers
