"""What a crash leaves behind."""

import os
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import Storage, default_storage
from rest_framework.test import APIClient

from classifier.conf import conf
from classifier.models import ModelVersion, Prediction
from classifier.storage.sweep import Swept, sweep, sweep_in_background
from classifier.tests.examples import upload


@pytest.fixture
def stored(api_client: APIClient, serving: ModelVersion) -> Prediction:
    api_client.post("/api/v1/predictions/", {"image": upload()}, format="multipart")
    return Prediction.objects.get()


def leave(home: Path, name: str, *, age_s: float) -> Path:
    path = home / "media/photos/ab" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left over")
    os.utime(path, (time.time() - age_s,) * 2)
    return path


@pytest.mark.parametrize("name", [f"{uuid.uuid4()}.jpg", ".writing-x8f2"])
def test_an_old_file_without_a_row_goes(stored: Prediction, home: Path, name: str) -> None:
    path = leave(home, name, age_s=3600)

    assert sweep() == Swept(removed_files=1)
    assert not path.exists()


def test_a_young_file_may_be_in_flight_and_stays(stored: Prediction, home: Path) -> None:
    path = leave(home, f"{uuid.uuid4()}.jpg", age_s=10)

    assert sweep() == Swept()
    assert path.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_too_young_at_the_start_goes_later(home: Path) -> None:
    path = leave(home, f"{uuid.uuid4()}.jpg", age_s=10)
    paused_s: list[float] = []
    is_over = threading.Event()

    def grow_old(seconds: float) -> None:
        paused_s.append(seconds)
        assert path.exists()
        os.utime(path, (time.time() - seconds - 10,) * 2)
        is_over.set()

    sweep_in_background(pause=grow_old)
    assert is_over.wait(10)
    thread = next((thread for thread in threading.enumerate() if thread.name == "sweep"), None)
    if thread:
        thread.join(10)

    assert paused_s == [conf.upload_lease_s + 1]
    assert not path.exists()


def test_files_with_rows_stay_however_old(stored: Prediction) -> None:
    for file in (stored.image, stored.thumbnail):
        os.utime(file.path, (time.time() - 3600,) * 2)

    assert sweep() == Swept()
    assert default_storage.exists(str(stored.image))
    assert default_storage.exists(str(stored.thumbnail))


def test_a_row_whose_photo_is_gone_is_marked_and_kept(stored: Prediction, user: User) -> None:
    stored.remove_files()

    assert sweep() == Swept(lost_photos=1)
    assert sweep() == Swept()
    stored.refresh_from_db()
    assert stored.photo_lost


def test_a_lost_photo_that_is_back_is_no_longer_marked(stored: Prediction) -> None:
    Prediction.objects.update(photo_lost=True)

    assert sweep() == Swept(found_photos=1)
    assert not Prediction.objects.get().photo_lost


def test_the_api_tells_that_a_photo_is_lost(stored: Prediction, api_client: APIClient) -> None:
    stored.remove_files()
    sweep()

    answer = api_client.get(f"/api/v1/predictions/{stored.pk}/")

    assert answer.data["image"]["lost"] is True
    assert api_client.get(f"/api/v1/predictions/{stored.pk}/image/").status_code == 404


class ObjectStorage(Storage):
    """Storage without folders, as that of a cloud is; it has no photo."""

    def exists(self, name: str) -> bool:
        return False


def test_storage_that_is_no_folder_is_left_alone(stored: Prediction, settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.ObjectStorage"}}

    assert sweep() == Swept()
    assert not Prediction.objects.get().photo_lost


def test_an_empty_home_has_nothing_to_sweep(db: None) -> None:
    assert sweep() == Swept()
