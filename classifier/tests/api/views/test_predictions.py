"""A photo in, a stored prediction out."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction
from classifier.tests.api_calls import PREDICTIONS, post_photo
from classifier.tests.examples import encoded, jpeg, photo_files, upload

pytestmark = pytest.mark.usefixtures("serving")


@pytest.mark.parametrize("path", [f"{PREDICTIONS}", "/api/v1/predict/"])
@pytest.mark.parametrize("second", [upload(), "text"])
def test_two_photos_in_one_request_are_refused(api_client: APIClient, path: str, second: object) -> None:
    response = api_client.post(path, {"image": [upload(), second]}, format="multipart")

    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"code": "invalid", "detail": "Send each photo in a request of its own.", "attr": "image"}
    ]
    assert not Prediction.objects.exists()


def test_an_upload_asks_the_database_for_nothing_twice(api_client: APIClient, django_assert_num_queries: Any) -> None:
    post_photo(api_client)

    # The device with its owner; the throttle, read and written; the quota, the row, the search's words and text; the
    # transaction's two ends.
    with django_assert_num_queries(9):
        assert post_photo(api_client).status_code == 201


def test_a_photo_is_answered_in_the_shape_of_the_contract(api_client: APIClient, serving: ModelVersion) -> None:
    data = jpeg("red", (80, 60))

    response = post_photo(api_client, data)

    assert response.status_code == 201
    body = response.json()
    assert list(body) == [
        "id",
        "created_at",
        "label",
        "probability",
        "top",
        "model",
        "image",
        "answer",
        "quality",
        "feedback",
        "timings_ms",
    ]
    assert body["label"] == "red"
    assert body["probability"] == body["top"][0]["probability"] > 0.9
    assert [list(scored) for scored in body["top"]] == [["wnid", "label", "probability"]] * 3
    assert body["model"] == {"name": "colours", "version": serving.version}
    assert body["image"] == {
        "url": f"http://testserver{PREDICTIONS}{body['id']}/image/",
        "thumbnail_url": f"http://testserver{PREDICTIONS}{body['id']}/thumbnail/",
        "width": 80,
        "height": 60,
        "bytes": len(data),
        "content_type": "image/jpeg",
        "sha256": hashlib.sha256(data).hexdigest(),
        "filename": "photo.jpg",
    }
    assert body["answer"] == {"kind": "exact", "label": "red", "wnid": "", "probability": body["probability"]}
    assert body["quality"] == {"retake": True, "codes": ["too_small", "blank"]}
    assert list(body["timings_ms"]) == ["decode", "preprocess", "inference", "store"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Größe 3.jpg", "Größe 3.jpg"),
        ("../../etc/pass\u202ewd.jpg", "passwd.jpg"),
        ("x" * 240 + ".jpg", "x" * 95 + "….jpg"),
    ],
)
def test_the_name_of_the_photo_is_shown_and_no_file_is_named_after_it(
    api_client: APIClient, sent: str, shown: str, client: Client, user: User
) -> None:
    body = api_client.post(PREDICTIONS, {"image": upload(name=sent)}, format="multipart").json()

    assert body["image"]["filename"] == shown
    assert api_client.get(f"{PREDICTIONS}{body['id']}/").json()["image"]["filename"] == shown
    row = Prediction.objects.get()
    assert row.image.name == f"photos/{row.pk.hex[:1]}/{row.pk}.jpg"
    client.force_login(user)
    assert shown in client.get(f"/predictions/{row.pk}/").content.decode()


def test_the_stored_prediction_is_the_one_that_was_answered(api_client: APIClient) -> None:
    body = post_photo(api_client).json()

    assert api_client.get(f"{PREDICTIONS}{body['id']}/").json() == body
    assert api_client.get(PREDICTIONS).json()["results"] == [body]


def test_top_k_says_how_many_labels_are_answered(api_client: APIClient) -> None:
    assert len(post_photo(api_client, query="?top_k=2").json()["top"]) == 2


def test_an_empty_top_k_is_none(api_client: APIClient) -> None:
    assert len(post_photo(api_client, query="?top_k=").json()["top"]) == len(post_photo(api_client).json()["top"])


@pytest.mark.parametrize("top_k", ["0", "many", "-1"])
def test_a_top_k_that_is_no_count_is_refused(api_client: APIClient, top_k: str) -> None:
    response = post_photo(api_client, query=f"?top_k={top_k}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "top_k"


def test_the_photo_comes_back_byte_by_byte_and_privately(api_client: APIClient) -> None:
    data = jpeg("blue")
    body = post_photo(api_client, data).json()

    response: Any = api_client.get(body["image"]["url"])

    assert b"".join(response.streaming_content) == data
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f'inline; filename="{body["id"]}.jpg"'
    assert response["Cache-Control"].startswith("private")


def test_the_thumbnail_is_a_small_jpeg(api_client: APIClient) -> None:
    import io

    from PIL import Image

    body = post_photo(api_client, jpeg("blue", (1200, 600))).json()

    response: Any = api_client.get(body["image"]["thumbnail_url"])

    with Image.open(io.BytesIO(b"".join(response.streaming_content))) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("JPEG", (400, 200))


def test_deleting_a_prediction_deletes_its_files(
    api_client: APIClient, home: Path, django_capture_on_commit_callbacks: Any
) -> None:
    body = post_photo(api_client).json()
    assert len(photo_files(home / "media")) == 2

    with django_capture_on_commit_callbacks(execute=True):
        response = api_client.delete(f"{PREDICTIONS}{body['id']}/")

    assert response.status_code == 204
    assert api_client.get(f"{PREDICTIONS}{body['id']}/").status_code == 404
    assert not photo_files(home / "media")


@pytest.mark.parametrize(("method", "part"), [("get", ""), ("get", "image/"), ("get", "thumbnail/"), ("delete", "")])
def test_a_prediction_of_somebody_else_does_not_exist(
    api_client: APIClient, other_user: User, client_of: Any, method: str, part: str
) -> None:
    body = post_photo(api_client).json()

    response = getattr(client_of(other_user), method)(f"{PREDICTIONS}{body['id']}/{part}")

    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "not_found"
    assert Prediction.objects.count() == 1


def test_staff_see_the_pictures_of_others(api_client: APIClient, staff: User, client_of: Any) -> None:
    body = post_photo(api_client).json()

    assert client_of(staff).get(body["image"]["url"]).status_code == 200


@pytest.mark.parametrize(
    "path", [PREDICTIONS, f"{PREDICTIONS}{UUID(int=0)}/", f"{PREDICTIONS}{UUID(int=0)}/image/", "/api/v1/predict/"]
)
def test_nothing_is_told_without_a_token(anonymous: APIClient, path: str) -> None:
    response = anonymous.get(path)

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Token"
    assert response.json()["type"] == "client_error"


def digest_of(data: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def test_a_photo_that_arrives_as_it_was_sent_is_taken(api_client: APIClient) -> None:
    data = jpeg()

    assert post_photo(api_client, data, headers={"Content-Digest": digest_of(data)}).status_code == 201


def test_predict_answers_as_the_tutorials_do_and_stores_nothing(api_client: APIClient) -> None:
    response = api_client.post("/api/v1/predict/", {"image": upload()}, format="multipart")

    body = response.json()
    assert response.status_code == 200
    assert list(body) == ["success", "predictions"]
    assert body["success"] is True
    assert [list(row) for row in body["predictions"]] == [["label", "probability"]] * 3
    assert body["predictions"][0]["label"] == "red"
    assert not Prediction.objects.exists()


@pytest.mark.parametrize("strict", ["1", "true"])
def test_a_photo_to_take_again_is_refused_where_that_is_asked_for(
    api_client: APIClient, home: Path, strict: str
) -> None:
    response = post_photo(api_client, jpeg("black", (400, 300)), query=f"?strict={strict}")

    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert (error["code"], error["attr"]) == ("retake", "image")
    assert "dark, blank" in error["detail"]
    assert not Prediction.objects.exists()
    assert not photo_files(home / "media")


def test_a_good_photo_is_classified_as_strictly_as_any(api_client: APIClient) -> None:
    good = encoded(Image.effect_noise((400, 300), 80).convert("RGB"))

    body = post_photo(api_client, good, query="?strict=1").json()

    assert body["quality"] == {"retake": False, "codes": []}


def test_a_refused_photo_takes_no_idempotency_key(api_client: APIClient) -> None:
    key = {"Idempotency-Key": "holiday-1"}
    post_photo(api_client, jpeg("black"), query="?strict=1", headers=key)

    assert post_photo(api_client, jpeg("black"), headers=key).status_code == 201
