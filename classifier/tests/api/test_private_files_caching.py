"""Pictures on their way out: asked about each time, sent again only when they are new."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from classifier.models import Prediction
from classifier.storage.removal import remove_files
from classifier.tests.api_calls import PREDICTIONS, post_photo

pytestmark = pytest.mark.usefixtures("serving")


@pytest.fixture(params=["url", "thumbnail_url"])
def picture_url(request: pytest.FixtureRequest, api_client: APIClient) -> str:
    body = post_photo(api_client).json()
    return str(body["image"][request.param])


def test_a_picture_that_the_client_has_is_not_sent_again(api_client: APIClient, picture_url: str) -> None:
    etag = api_client.get(picture_url)["ETag"]

    response = api_client.get(picture_url, headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert response["ETag"] == etag
    assert not response.content


def test_a_picture_may_be_kept_but_not_shown_unasked(api_client: APIClient, picture_url: str) -> None:
    assert api_client.get(picture_url)["Cache-Control"] == "private, no-cache"


def test_a_known_etag_tells_a_stranger_nothing(
    api_client: APIClient, other_user: Any, client_of: Any, picture_url: str
) -> None:
    etag = api_client.get(picture_url)["ETag"]

    assert client_of(other_user).get(picture_url, headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("accept", ["image/*", "image/png", "*/*", "application/json"])
def test_a_picture_is_sent_whatever_the_client_accepts(api_client: APIClient, picture_url: str, accept: str) -> None:
    response = api_client.get(picture_url, headers={"Accept": accept})

    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"


def test_a_picture_that_is_not_there_is_json_even_for_a_client_of_pictures(api_client: APIClient) -> None:
    response = api_client.get(
        f"{PREDICTIONS}00000000-0000-0000-0000-000000000000/image/", headers={"Accept": "image/*"}
    )

    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "not_found"


def test_a_file_that_was_lost_is_not_found(api_client: APIClient, picture_url: str) -> None:
    remove_files(Prediction.objects.get().file_names)

    assert api_client.get(picture_url).status_code == 404
