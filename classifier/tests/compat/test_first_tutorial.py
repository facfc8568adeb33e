"""What the first tutorial's app sends and shows."""

import base64

import pytest
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction
from classifier.tests.examples import jpeg

PATH = "/compat/api/predict/"


def body(photo: bytes) -> dict[str, str]:
    return {"image": base64.b64encode(photo).decode()}


def test_the_best_label_is_answered_with_its_percentage(serving: ModelVersion, api_client: APIClient) -> None:
    answer = api_client.post(PATH, body(jpeg("red")), format="json")

    assert answer.status_code == 200
    assert answer.json() == {"prediction": "red", "score": pytest.approx(100, abs=0.1)}


def test_nothing_is_stored(serving: ModelVersion, api_client: APIClient) -> None:
    api_client.post(PATH, body(jpeg()), format="json")

    assert not Prediction.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"image": None}, {"image": "no base64!"}, {"image": ""}, []])
def test_what_is_no_photo_is_told_so(serving: ModelVersion, api_client: APIClient, sent: object) -> None:
    answer = api_client.post(PATH, sent, format="json")

    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]


def test_a_token_is_needed(serving: ModelVersion, anonymous: APIClient) -> None:
    answer = anonymous.post(PATH, body(jpeg()), format="json")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
