"""What an account holds, and the quota on it."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction, StorageUse
from classifier.tests.examples import jpeg, upload

PREDICTIONS = "/api/v1/predictions/"


def send(client: APIClient, colour: str = "red") -> Any:
    return client.post(PREDICTIONS, {"image": upload(jpeg(colour))}, format="multipart")


def test_photos_are_counted_when_stored_and_when_deleted(api_client: APIClient, serving: ModelVersion) -> None:
    first, second = send(api_client).json(), send(api_client, "blue").json()
    api_client.delete(f"{PREDICTIONS}{first['id']}/")

    use = StorageUse.objects.get()
    assert (use.photos, use.byte_size) == (1, second["image"]["bytes"])


@pytest.mark.parametrize(
    "quota", [{"CLASSIFIER_MAX_PHOTOS_PER_USER": 1}, {"CLASSIFIER_MAX_BYTES_PER_USER": 100}], ids=["photos", "bytes"]
)
def test_beyond_the_quota_nothing_is_stored_and_the_answer_says_what_to_do(
    api_client: APIClient, serving: ModelVersion, settings: Any, quota: dict[str, int], home: Any
) -> None:
    if "CLASSIFIER_MAX_PHOTOS_PER_USER" in quota:
        send(api_client)
    for name, value in quota.items():
        setattr(settings, name, value)
    before = sorted((home / "media").rglob("*.jpg"))

    response = send(api_client, "blue")

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "quota_exceeded"
    assert "Delete some" in response.json()["errors"][0]["detail"]
    assert sorted((home / "media").rglob("*.jpg")) == before


def test_deleting_makes_room(api_client: APIClient, serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_MAX_PHOTOS_PER_USER = 1
    stored = send(api_client).json()
    assert send(api_client, "blue").status_code == 403

    api_client.delete(f"{PREDICTIONS}{stored['id']}/")

    assert send(api_client, "blue").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_do_not_pass_the_quota(
    user: User, serving: ModelVersion, settings: Any, client_of: Any
) -> None:
    settings.CLASSIFIER_MAX_PHOTOS_PER_USER = 3
    codes: list[int] = []
    clients = [client_of(user) for _ in range(8)]

    def work(client: APIClient) -> None:
        try:
            codes.append(send(client).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [201] * 3 + [403] * 5
    assert Prediction.objects.count() == StorageUse.objects.get().photos == 3
