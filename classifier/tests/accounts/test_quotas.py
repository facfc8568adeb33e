"""What an account holds, and the quota on it."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction, StorageUse
from classifier.tests.api_calls import PREDICTIONS, post_photo
from classifier.tests.examples import jpeg


def test_photos_are_counted_when_stored_and_when_deleted(api_client: APIClient, serving: ModelVersion) -> None:
    first, second = post_photo(api_client).json(), post_photo(api_client, jpeg("blue")).json()
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
        post_photo(api_client)
    for name, value in quota.items():
        setattr(settings, name, value)
    before = sorted((home / "media").rglob("*.jpg"))

    response = post_photo(api_client, jpeg("blue"))

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "quota_exceeded"
    assert "Delete some" in response.json()["errors"][0]["detail"]
    assert sorted((home / "media").rglob("*.jpg")) == before


def test_deleting_makes_room(api_client: APIClient, serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_MAX_PHOTOS_PER_USER = 1
    stored = post_photo(api_client).json()
    assert post_photo(api_client, jpeg("blue")).status_code == 403

    api_client.delete(f"{PREDICTIONS}{stored['id']}/")

    assert post_photo(api_client, jpeg("blue")).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_do_not_pass_the_quota(
    user: User, serving: ModelVersion, settings: Any, client_of: Any
) -> None:
    settings.CLASSIFIER_MAX_PHOTOS_PER_USER = 3
    codes: list[int] = []
    clients = [client_of(user) for _ in range(8)]

    def work(client: APIClient) -> None:
        try:
            codes.append(post_photo(client).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [201] * 3 + [403] * 5
    assert Prediction.objects.count() == StorageUse.objects.get().photos == 3
