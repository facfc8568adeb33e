"""Why a label: a picture to lay over the photo, or the figures."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from PIL import Image
from rest_framework.test import APIClient

from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction
from classifier.tests.api_calls import PREDICTIONS, post_photo
from classifier.tests.examples import PLACES, encoded, photo_files, two_colours

JSON = {"Accept": "application/json"}


@pytest.fixture
def photo(places: ModelVersion, api_client: APIClient) -> dict[str, Any]:
    """The answer to a photo that is blue but for its upper left."""
    body: dict[str, Any] = post_photo(
        api_client, encoded(two_colours("red", (0, 0, 40, 30), size=(160, 120)), "PNG")
    ).json()
    return body


def why(client: APIClient, photo: dict[str, Any], query: str = "", headers: dict[str, str] | None = None) -> Any:
    return client.get(f"{PREDICTIONS}{photo['id']}/why/{query}", headers=headers or {})


@pytest.mark.parametrize("accept", ["*/*", "image/png", "image/*", "text/html,image/avif,*/*;q=0.8"])
def test_the_picture_has_the_shape_of_the_photo(api_client: APIClient, photo: dict[str, Any], accept: str) -> None:
    response = why(api_client, photo, "?label=red", {"Accept": accept})

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "private, no-store"
    picture = Image.open(io.BytesIO(response.content)).convert("RGBA")
    assert picture.size == (320, 240)
    alpha = np.asarray(picture)[..., 3]
    assert alpha[20, 20] > 150
    assert alpha[200, 280] == 0


def test_the_figures_add_up_to_the_logit(api_client: APIClient, photo: dict[str, Any]) -> None:
    body = why(api_client, photo, "?label=red", JSON).json()

    assert list(body) == ["label", "wnid", "logit", "bias", "grid"]
    grid = np.array(body["grid"])
    assert (body["label"], body["wnid"], grid.shape) == ("red", "", (PLACES, PLACES))
    assert abs(grid.mean() + body["bias"] - body["logit"]) < 1e-4
    assert grid.argmax() == 0


def test_the_best_label_is_explained_when_none_is_named(api_client: APIClient, photo: dict[str, Any]) -> None:
    assert why(api_client, photo, headers=JSON).json()["label"] == photo["label"]


def test_a_label_that_the_model_has_not_is_refused(api_client: APIClient, photo: dict[str, Any]) -> None:
    response = why(api_client, photo, "?label=mauve")

    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, "unknown_label")


def test_a_misspelt_parameter_is_refused(api_client: APIClient, photo: dict[str, Any]) -> None:
    assert why(api_client, photo, "?name=red").json()["errors"][0]["code"] == "unknown_parameter"


def test_a_network_without_a_pooled_end_says_so(api_client: APIClient, serving: ModelVersion) -> None:
    response = why(api_client, post_photo(api_client).json())

    assert (response.status_code, response.json()["errors"][0]["code"]) == (404, "not_explainable")


def test_a_prediction_of_another_model_says_so(
    api_client: APIClient, photo: dict[str, Any], second: ModelVersion
) -> None:
    versions.activate(second)

    response = why(api_client, photo)

    assert (response.status_code, response.json()["errors"][0]["code"]) == (404, "not_explainable")


def test_only_the_owner_and_staff_are_told(
    photo: dict[str, Any], anonymous: APIClient, client_of: Any, other_user: User, staff: User
) -> None:
    statuses = [why(client, photo).status_code for client in (anonymous, client_of(other_user), client_of(staff))]

    assert statuses == [401, 404, 200]


def test_a_photo_that_was_lost_is_not_found(api_client: APIClient, photo: dict[str, Any], home: Path) -> None:
    for file in photo_files(home / "media"):
        file.unlink()

    assert why(api_client, photo).status_code == 404
    assert Prediction.objects.exists()
