"""Files made for one download: few, nameless, and handed over whole."""

import errno
import gc
from pathlib import Path
from typing import IO, Any

import pytest
from django.contrib.auth.models import User
from django.http import FileResponse
from rest_framework.test import APIClient

from classifier.accounts import export_files
from classifier.errors import ExportInProgressError, StorageFullError
from classifier.storage.local import free_bytes

EXPORT = "/api/v1/me/export/"


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> export_files.Places:
    places = export_files.Places()
    monkeypatch.setattr(export_files, "places", places)
    return places


def download(user: User, text: bytes = b"a,b") -> FileResponse:
    def write(file: IO[bytes]) -> None:
        file.write(text)

    return export_files.export_response(user, write, byte_size=len(text), filename="a.csv", content_type="text/csv")


def read(response: Any) -> bytes:
    """To the end, as a client does, which closes it."""
    content = b"".join(response.streaming_content)
    response.close()
    return content


def test_a_server_gets_it_as_a_file_of_a_known_length(user: User) -> None:
    response = download(user)

    assert response.file_to_stream is not None
    assert response["Content-Length"] == "3"
    assert response["Cache-Control"] == "private, no-store"
    assert read(response) == b"a,b"


def test_an_account_has_one_at_a_time(user: User, other_user: User) -> None:
    first = download(user)

    with pytest.raises(ExportInProgressError):
        download(user)
    read(download(other_user))
    read(first)
    read(download(user))


def test_the_api_says_that_there_is_one(user: User, api_client: APIClient, places: export_files.Places) -> None:
    places.take(user.pk, 1)

    refused = api_client.get(EXPORT)

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "export_in_progress")
    places.leave(user.pk)
    assert read(api_client.get(EXPORT))


def test_few_are_made_at_the_same_time(api_client: APIClient, places: export_files.Places) -> None:
    for number in range(export_files.MOST_MADE):
        places.take(-number - 1, 1)

    refused = api_client.get(EXPORT)

    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    places.note_made(-1)
    read(api_client.get(EXPORT))


def test_there_is_an_end_to_those_that_are_read(api_client: APIClient, places: export_files.Places) -> None:
    for number in range(export_files.MOST):
        places.take(-number - 1, 1)
        places.note_made(-number - 1)

    assert api_client.get(EXPORT).status_code == 503
    places.leave(-1)
    read(api_client.get(EXPORT))


def test_none_is_begun_that_the_disk_has_no_room_for(user: User, settings: Any) -> None:
    settings.CLASSIFIER_MIN_FREE_BYTES = 2**60

    with pytest.raises(StorageFullError):
        download(user)

    settings.CLASSIFIER_MIN_FREE_BYTES = 0
    read(download(user))


def test_what_others_have_still_to_write_counts(user: User, places: export_files.Places, settings: Any) -> None:
    settings.CLASSIFIER_MIN_FREE_BYTES = 0
    places.take(-1, free_bytes() * 2 // 3)

    with pytest.raises(StorageFullError):
        places.take(user.pk, free_bytes() * 2 // 3)


def test_a_disk_that_fills_up_meanwhile_ends_it_before_anything_is_sent(user: User) -> None:
    def write(_: IO[bytes]) -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(StorageFullError):
        export_files.export_response(user, write, byte_size=1, filename="a", content_type="text/csv")

    read(download(user))


def test_it_has_no_name_on_the_disk(user: User, home: Path) -> None:
    (home / "media").mkdir(parents=True)

    response = download(user, b"x" * 100_000)

    assert not [path for path in home.rglob("*") if path.is_file()]
    read(response)


def test_one_that_is_forgotten_gives_its_place_back(user: User) -> None:
    download(user)
    gc.collect()

    read(download(user))
