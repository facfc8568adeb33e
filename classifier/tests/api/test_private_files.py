"""Photos for one person: in parts, by nginx, and without metadata for anybody else."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import FileResponse
from PIL import ExifTags, Image
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction
from classifier.tests.api_calls import post_photo
from classifier.tests.examples import encoded, picture

pytestmark = pytest.mark.usefixtures("serving")


def tagged_photo() -> bytes:
    """Lying on its side, with a place, a maker and a comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Secretphone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 29.0)
    return encoded(picture("red", (2400, 1800)), exif=exif.tobytes(), comment=b"<?php secret ?>")


@pytest.fixture
def stored(api_client: APIClient) -> dict[str, Any]:
    body: dict[str, Any] = post_photo(api_client, tagged_photo()).json()
    return body


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=10-999999999", 10, None)],
)
def test_a_part_of_a_photo_is_sent_when_asked_for(
    api_client: APIClient, stored: dict[str, Any], asked: str, start: int, stop: int | None
) -> None:
    whole = tagged_photo()

    response = api_client.get(stored["image"]["url"], headers={"Range": asked})

    part = whole[start:stop]
    assert response.status_code == 206
    kind: object = type(response)
    assert kind is FileResponse  # so that a server needs no thread to send it
    assert content(response) == part
    first = whole.index(part)
    assert response["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    assert int(response["Content-Length"]) == len(part)
    assert response["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x-"])
def test_a_range_that_is_none_gets_the_whole_photo(api_client: APIClient, stored: dict[str, Any], asked: str) -> None:
    response = api_client.get(stored["image"]["url"], headers={"Range": asked})

    assert response.status_code == 200
    assert content(response) == tagged_photo()


def test_a_range_beyond_the_end_is_refused(api_client: APIClient, stored: dict[str, Any]) -> None:
    response = api_client.get(stored["image"]["url"], headers={"Range": "bytes=99999999-"})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(tagged_photo())}"


def test_a_range_of_another_version_gets_the_whole_photo(api_client: APIClient, stored: dict[str, Any]) -> None:
    response = api_client.get(stored["image"]["url"], headers={"Range": "bytes=0-9", "If-Range": '"old"'})

    assert response.status_code == 200


def test_the_owner_gets_the_bytes_that_were_sent(api_client: APIClient, stored: dict[str, Any]) -> None:
    assert content(api_client.get(stored["image"]["url"])) == tagged_photo()


def test_staff_get_a_smaller_upright_copy_without_metadata(stored: dict[str, Any], staff: User, client_of: Any) -> None:
    response = client_of(staff).get(stored["image"]["url"])

    copy = Image.open(io.BytesIO(content(response)))
    assert copy.size == (1200, 1600)
    assert not copy.getexif()
    assert "comment" not in copy.info
    assert response["Cache-Control"] == "private, no-cache"
    assert "inline" in response["Content-Disposition"]


def test_a_thumbnail_carries_no_metadata(api_client: APIClient, stored: dict[str, Any]) -> None:
    data = content(api_client.get(stored["image"]["thumbnail_url"]))

    assert b"Secretphone" not in data
    assert b"secret" not in data
    assert Image.open(io.BytesIO(data)).size == (450, 600)


def test_without_originals_a_clean_copy_is_all_that_is_kept(api_client: APIClient, settings: Any) -> None:
    settings.CLASSIFIER_KEEP_ORIGINALS = False

    body = post_photo(api_client, tagged_photo()).json()

    kept = content(api_client.get(body["image"]["url"]))
    copy = Image.open(io.BytesIO(kept))
    assert copy.size == (body["image"]["width"], body["image"]["height"]) == (1200, 1600)
    assert body["image"]["bytes"] == len(kept)
    assert not copy.getexif()
    assert "comment" not in copy.info


def test_without_originals_a_key_still_belongs_to_the_photo_that_was_sent(api_client: APIClient, settings: Any) -> None:
    settings.CLASSIFIER_KEEP_ORIGINALS = False
    for _ in range(2):
        response = post_photo(api_client, tagged_photo(), headers={"Idempotency-Key": "one"})

    assert response["Idempotency-Replayed"] == "true"
    assert Prediction.objects.count() == 1


def test_behind_nginx_the_photo_is_sent_by_it(
    api_client: APIClient, stored: dict[str, Any], settings: Any, serving: ModelVersion
) -> None:
    settings.CLASSIFIER_X_ACCEL_PREFIX = "/protected/"

    response = api_client.get(stored["image"]["url"])

    assert response["X-Accel-Redirect"] == f"/protected/{Prediction.objects.get().image}"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, no-cache"
    assert not response.content
