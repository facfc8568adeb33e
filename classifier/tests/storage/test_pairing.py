"""Which database and which folder of photos belong together."""

import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from rest_framework.test import APIClient

from classifier.errors import StorageUnavailableError
from classifier.models import MediaFolder, ModelVersion, Prediction
from classifier.storage import pairing
from classifier.storage.marker import NAME, read_marker
from classifier.storage.sweep import Swept, sweep
from classifier.tests.examples import upload
from classifier.tests.storage.test_sweep import grow_old

PREDICTIONS = "/api/v1/predictions/"


def send(client: APIClient) -> int:
    return int(client.post(PREDICTIONS, {"image": upload()}, format="multipart").status_code)


@pytest.fixture
def media(home: Path) -> Path:
    return home / "media"


@pytest.fixture
def stored(api_client: APIClient, serving: ModelVersion, media: Path) -> Prediction:
    """A photo that is old enough for the sweep."""
    send(api_client)
    prediction = Prediction.objects.get()
    grow_old(*(media / name for name in prediction.file_names))
    return prediction


@pytest.fixture
def older_version(stored: Prediction, media: Path) -> Prediction:
    """Photos of a version that knew no markers."""
    (media / NAME).unlink()
    MediaFolder.objects.all().delete()
    return stored


def forget_rows() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM classifier_searchtext")
        cursor.execute("DELETE FROM classifier_prediction")


def test_the_first_photo_pairs_database_and_folder(stored: Prediction, media: Path) -> None:
    key = read_marker(media)

    assert key is not None
    assert MediaFolder.objects.get().key == key
    assert pairing.disagreement(media) == ""


def test_photos_of_an_older_version_are_adopted_when_the_rows_know_them(older_version: Prediction, media: Path) -> None:
    assert sweep() == Swept()
    assert MediaFolder.objects.get().key == read_marker(media) is not None


def test_an_empty_database_leaves_the_photos_of_an_older_version(older_version: Prediction, media: Path) -> None:
    forget_rows()

    assert sweep() == Swept(warning=pairing.UNKNOWN_FILES)
    assert all((media / name).exists() for name in older_version.file_names)
    assert MediaFolder.objects.get().key is None


def test_a_database_that_was_given_back_its_folder_goes_on(stored: Prediction, media: Path) -> None:
    right = MediaFolder.objects.get()
    MediaFolder.objects.all().delete()
    forget_rows()
    sweep()
    right.save()
    stored.save(force_insert=True)

    assert sweep() == Swept()


def test_another_database_can_still_store_photos(stored: Prediction, api_client: APIClient, media: Path) -> None:
    forget_rows()
    MediaFolder.objects.all().delete()
    key = read_marker(media)

    assert send(api_client) == 201
    assert sweep().warning == pairing.UNKNOWN_FILES
    assert read_marker(media) == key


def test_a_database_without_its_photos_is_not_given_an_empty_folder(
    older_version: Prediction, api_client: APIClient, media: Path
) -> None:
    shutil.rmtree(media)

    assert send(api_client) == 503
    with pytest.raises(StorageUnavailableError):
        sweep()
    assert not media.exists()


def test_a_folder_that_lost_its_marker_is_not_mounted(stored: Prediction, api_client: APIClient, media: Path) -> None:
    media.rename(media.with_name("elsewhere"))
    media.mkdir()

    assert send(api_client) == 503
    with pytest.raises(StorageUnavailableError):
        sweep()
    assert list(media.iterdir()) == []


def test_an_operator_can_say_that_the_photos_are_gone_for_good(
    stored: Prediction, api_client: APIClient, media: Path
) -> None:
    key = read_marker(media)
    shutil.rmtree(media)

    pairing.adopt()

    assert read_marker(media) == key
    assert sweep() == Swept(lost_photos=1)
    assert send(api_client) == 201


def test_an_operator_can_say_that_two_belong_together(stored: Prediction, media: Path) -> None:
    MediaFolder.objects.update(key=uuid4())
    assert sweep().warning == pairing.OTHER_DATABASE

    pairing.adopt()

    assert sweep() == Swept()
    assert MediaFolder.objects.get().key == read_marker(media)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe nonsense"])
def test_a_damaged_marker_is_nobodys(stored: Prediction, media: Path, content: bytes) -> None:
    (media / NAME).write_bytes(content)

    assert sweep() == Swept(warning=pairing.OTHER_DATABASE)
