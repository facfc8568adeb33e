"""A body that is larger than allowed is not read to its end."""

import errno
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from classifier.errors import UploadTooLargeError
from classifier.models import Prediction
from classifier.storage.upload_handlers import BoundedUploadHandler, NamelessUploadHandler
from classifier.tests.examples import jpeg, upload

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
    monkeypatch.setattr(NamelessUploadHandler, "receive_data_chunk", lambda self, data, start: read.append(len(data)))

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


def test_a_large_upload_leaves_nothing_behind_whatever_ends_the_process(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    handler = NamelessUploadHandler()
    handler.new_file("image", "photo.jpg", "image/jpeg", None)
    handler.receive_data_chunk(b"more than ten bytes", 0)

    assert list(tmp_path.iterdir()) == []
    with handler.file_complete(19) as file:
        assert file.read() == b"more than ten bytes"


def test_an_upload_that_finds_no_room_is_told_so(
    api_client: APIClient, serving: object, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    response = api_client.post(URL, {"image": upload()}, format="multipart")

    assert (response.status_code, response.data["errors"][0]["code"]) == (507, "storage_full")
