"""A body that is larger than allowed is not read to its end."""

from typing import Any

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import Client
from rest_framework.test import APIClient

from classifier.errors import UploadTooLargeError
from classifier.models import Prediction
from classifier.tests.examples import jpeg, upload
from classifier.uploads import BoundedUploadHandler

URL = "/api/v1/predictions/"


def test_bytes_within_the_limit_are_passed_on(settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 4

    assert BoundedUploadHandler().receive_data_chunk(b"abcd", 0) == b"abcd"


def test_the_files_of_a_request_are_counted_together(settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 4
    handler = BoundedUploadHandler()
    handler.receive_data_chunk(b"abc", 0)

    with pytest.raises(UploadTooLargeError, match="4 bytes"):
        handler.receive_data_chunk(b"de", 0)


def test_reading_stops_at_the_limit(
    api_client: APIClient, serving: object, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 100_000
    read: list[int] = []
    monkeypatch.setattr(MemoryFileUploadHandler, "receive_data_chunk", lambda self, data, start: read.append(len(data)))

    response = api_client.post(URL, {"image": upload(bytes(2_000_000))}, format="multipart")

    assert response.status_code == 413
    assert sum(read) <= 100_000


def test_a_browsers_form_with_a_photo_that_is_too_large_is_answered_as_a_page(
    user: Any, serving: object, settings: Any
) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = len(jpeg()) - 1
    browser = Client(raise_request_exception=False)
    browser.force_login(user)

    response = browser.post(URL, {"image": upload()}, headers={"Accept": "text/html"})

    assert response.status_code == 413
    assert b"upload_too_large" in response.content
    assert not Prediction.objects.exists()
