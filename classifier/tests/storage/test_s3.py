"""Photos in a bucket: the same endpoints, and the same words when something is wrong."""

import io
import json
import zipfile
from typing import Any

import pytest
from botocore.exceptions import ClientError
from django.contrib.auth.models import User
from django.test import Client

from classifier.errors import StorageFullError, StorageUnavailableError
from classifier.models import ModelVersion, Prediction
from classifier.storage import health
from classifier.storage.s3 import PrivateS3Storage, translating_s3_errors
from classifier.tests.examples import jpeg, upload

URL = "/api/v1/predictions/"


def post(client: Any, data: bytes) -> Any:
    return client.post(URL, {"image": upload(data)}, format="multipart")


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def photo() -> bytes:
    return jpeg("red")


def names(bucket: PrivateS3Storage) -> set[str]:
    return {item.name for item in bucket.listed("")}


def test_a_photo_goes_in_and_comes_out_and_is_deleted(
    bucket: PrivateS3Storage, api_client: Any, serving: ModelVersion, photo: bytes, settings: Any
) -> None:
    answer = post(api_client, photo)
    assert answer.status_code == 201, answer.content
    stored = Prediction.objects.get()

    assert names(bucket) == {str(stored.image), str(stored.thumbnail)}
    assert not (settings.MEDIA_ROOT).exists()
    whole = api_client.get(f"{URL}{stored.pk}/image/")
    assert (read(whole), whole["Content-Type"]) == (photo, "image/jpeg")
    assert whole["Cache-Control"] == "private, no-cache"
    assert read(api_client.get(f"{URL}{stored.pk}/thumbnail/"))[:2] == b"\xff\xd8"

    assert api_client.delete(f"{URL}{stored.pk}/").status_code == 204
    bucket.delete("photos/nothing.jpg")
    assert api_client.get(f"{URL}{stored.pk}/image/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_deleting_removes_the_objects(
    bucket: PrivateS3Storage, api_client: Any, serving: ModelVersion, photo: bytes
) -> None:
    post(api_client, photo)

    api_client.delete(f"{URL}{Prediction.objects.get().pk}/")

    assert names(bucket) == set()


def test_a_range_is_a_part_of_it(
    bucket: PrivateS3Storage, api_client: Any, serving: ModelVersion, photo: bytes
) -> None:
    key = post(api_client, photo).json()["id"]

    part = api_client.get(f"{URL}{key}/image/", HTTP_RANGE="bytes=10-19")
    beyond = api_client.get(f"{URL}{key}/image/", HTTP_RANGE="bytes=99999999-")

    assert (part.status_code, read(part)) == (206, photo[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(photo)}"
    assert beyond.status_code == 416


def test_it_is_its_owners_alone(
    bucket: PrivateS3Storage, api_client: Any, client_of: Any, other_user: User, serving: ModelVersion, photo: bytes
) -> None:
    key = post(api_client, photo).json()["id"]

    assert client_of(other_user).get(f"{URL}{key}/image/").status_code == 404
    assert "http" not in Prediction.objects.get().image.url


def test_a_photo_that_is_gone_is_not_found(
    bucket: PrivateS3Storage, api_client: Any, serving: ModelVersion, photo: bytes
) -> None:
    key = post(api_client, photo).json()["id"]
    bucket.delete(str(Prediction.objects.get().image))

    assert api_client.get(f"{URL}{key}/image/").status_code == 404


def test_the_export_has_the_photos(
    bucket: PrivateS3Storage, api_client: Any, serving: ModelVersion, photo: bytes
) -> None:
    key = post(api_client, photo).json()["id"]

    archive = zipfile.ZipFile(io.BytesIO(read(api_client.get("/api/v1/me/export/"))))

    assert [archive.read(name) for name in archive.namelist() if key in name] == [photo]
    assert json.loads(archive.read("predictions.json"))[0]["id"] == key


def test_a_large_photo_waits_in_a_file(bucket: PrivateS3Storage) -> None:
    content = bytes(range(256)) * 8192
    bucket.write("photos/large", content)

    with bucket.open("photos/large", "rb") as file:
        assert file.size == len(content)
        assert isinstance(file.fileno(), int)
        assert file.read() == content


def test_a_bucket_that_is_not_there_is_told(
    bucket: PrivateS3Storage, api_client: Any, client: Client, serving: ModelVersion, photo: bytes
) -> None:
    assert health.problems() == []
    bucket.connection.meta.client.delete_bucket(Bucket=bucket.bucket_name)

    answer = post(api_client, photo)
    ready = client.get("/readyz")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "storage_unavailable")
    assert not Prediction.objects.exists()
    assert ready.status_code == 503
    assert "bucket of STORAGE_URL" in health.problems()[0]
    with pytest.raises(StorageUnavailableError):
        bucket.open("photos/x", "rb")


def test_a_service_that_is_gone_is_told_as_unavailable(
    bucket: PrivateS3Storage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = PrivateS3Storage(bucket_name="photos", endpoint_url="http://127.0.0.1:1", access_key="a", secret_key="b")

    for attempt in (
        lambda: nowhere.exists("photos/x"),
        lambda: nowhere.write("photos/x", b"x"),
        lambda: nowhere.open("photos/x", "rb"),
        lambda: nowhere.delete("photos/x"),
        nowhere.check,
    ):
        with pytest.raises(StorageUnavailableError):
            attempt()


def test_no_disk_is_looked_at(
    bucket: PrivateS3Storage, api_client: Any, serving: ModelVersion, settings: Any, photo: bytes
) -> None:
    settings.CLASSIFIER_MIN_FREE_BYTES = 2**62

    assert post(api_client, photo).status_code == 201
    assert health.problems() == []


def test_what_is_read_is_what_was_written(db: None, bucket: PrivateS3Storage) -> None:
    assert health.examine() == []
    assert names(bucket) == {".database-id"}
    assert "the bucket photos-" in health.place()


def test_a_full_bucket_is_told_as_full() -> None:
    with pytest.raises(StorageFullError), translating_s3_errors():
        raise ClientError({"Error": {"Code": "QuotaExceeded"}}, "PutObject")
