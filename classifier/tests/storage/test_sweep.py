"""What a crash leaves behind, and what is no crash's doing."""

import os
import shutil
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from classifier.conf import conf
from classifier.errors import StorageUnavailableError
from classifier.models import MediaFolder, ModelVersion, Prediction, UnremovedFile
from classifier.storage import pairing, trash
from classifier.storage import sweep as sweeping
from classifier.storage.removal import remove_files
from classifier.storage.sweep import Swept, preview, sweep, sweep_in_background
from classifier.tests.examples import upload

PREDICTIONS = "/api/v1/predictions/"


def send(client: APIClient) -> Prediction:
    answer = client.post(PREDICTIONS, {"image": upload()}, format="multipart")
    return Prediction.objects.get(pk=answer.data["id"])


@pytest.fixture
def stored(api_client: APIClient, serving: ModelVersion) -> Prediction:
    return send(api_client)


def leave(home: Path, name: str, *, age_s: float = 3600) -> Path:
    """A file as a crash leaves it, or as it looks some time later."""
    path = home / "media/photos/a" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left over")
    grow_old(path, age_s=age_s)
    return path


def grow_old(*paths: Path, age_s: float = 3600) -> None:
    for path in paths:
        os.utime(path, (time.time() - age_s,) * 2)


def files_of(prediction: Prediction) -> list[Path]:
    return [Path(default_storage.path(name)) for name in prediction.file_names]


def forget(prediction: Prediction) -> None:
    """The row of the only one is not there, as in a database that is older than the photo."""
    grow_old(*files_of(prediction))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM classifier_searchtext")
        cursor.execute("DELETE FROM classifier_prediction")


def in_trash(home: Path) -> list[Path]:
    return [path for path in (home / "media/.trash").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["00000000-0000-4000-8000-000000000001.jpg", ".writing-x8f2"])
def test_an_old_file_without_a_row_goes_to_the_trash(stored: Prediction, home: Path, name: str) -> None:
    path = leave(home, name)

    assert sweep() == Swept(trashed_files=1)
    assert not path.exists()
    today = timezone.now().date().isoformat()
    assert (home / f"media/.trash/{today}/photos/a/{name}").read_bytes() == b"left over"


def test_what_was_in_the_trash_long_enough_is_removed(stored: Prediction, home: Path) -> None:
    leave(home, f"{uuid.uuid4()}.jpg")
    sweep()
    (day,) = (home / "media/.trash").iterdir()
    today = timezone.now().date()
    on_its_last_day = day.rename(day.with_name((today - timedelta(days=trash.KEPT_DAYS)).isoformat()))

    assert sweep() == Swept()
    on_its_last_day.rename(day.with_name((today - timedelta(days=trash.KEPT_DAYS + 1)).isoformat()))
    assert sweep() == Swept(removed_files=1)
    assert in_trash(home) == []


def test_a_file_whose_row_comes_back_comes_back_from_the_trash(stored: Prediction, home: Path) -> None:
    forget(stored)
    sweep(force=True)
    assert len(in_trash(home)) == 2
    stored.photo_lost = True
    stored.save(force_insert=True)

    assert sweep() == Swept(restored_files=2, found_photos=1)
    assert all(path.is_file() for path in files_of(stored))
    assert in_trash(home) == []


def test_a_young_file_may_be_in_flight_and_stays(stored: Prediction, home: Path) -> None:
    path = leave(home, f"{uuid.uuid4()}.jpg", age_s=10)

    assert sweep() == Swept()
    assert path.exists()


def test_files_with_rows_stay_however_old(stored: Prediction) -> None:
    grow_old(*files_of(stored))

    assert sweep() == Swept()
    assert all(path.is_file() for path in files_of(stored))


def test_a_stored_photo_that_no_row_names_stops_the_sweep(stored: Prediction, home: Path) -> None:
    forget(stored)
    left = leave(home, f"{uuid.uuid4()}.jpg")

    swept = sweep()

    assert swept == Swept(warning=swept.warning)
    assert "2 files of stored photos have no row" in swept.warning
    assert left.exists()
    assert all(path.is_file() for path in files_of(stored))


def test_a_photo_stored_by_an_older_version_counts_as_stored_after_one_sweep(stored: Prediction) -> None:
    for path in files_of(stored):
        path.chmod(0o644)
    grow_old(*files_of(stored))
    sweep()
    forget(stored)

    assert "2 files of stored photos" in sweep().warning


def test_a_crash_between_a_deletion_and_its_files_stops_nothing(stored: Prediction, home: Path) -> None:
    files = files_of(stored)
    stored.delete()  # notes its files, which are removed after the commit: a test never comes to that
    grow_old(*files)

    assert sweep() == Swept(removed_files=2)


def test_more_than_a_handful_stops_the_sweep(stored: Prediction, home: Path) -> None:
    left = [leave(home, f"{uuid.uuid4()}.jpg") for _ in range(sweeping.HANDFUL + 1)]
    grow_old(*files_of(stored))

    swept = sweep()

    assert f"{len(left)} of {len(left) + 2} files have no row" in swept.warning
    assert all(path.exists() for path in left)
    assert MediaFolder.objects.get().warning == swept.warning
    assert sweep(force=True) == Swept(trashed_files=len(left))
    assert MediaFolder.objects.get().warning == ""


def test_more_than_a_handful_may_be_a_small_share(
    stored: Prediction, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "HANDFUL", 2)
    monkeypatch.setattr(sweeping, "SHARE", 0.6)
    grow_old(*files_of(stored))
    for _ in range(3):
        leave(home, f"{uuid.uuid4()}.jpg")

    assert sweep() == Swept(trashed_files=3)


def test_an_empty_database_sweeps_nothing(stored: Prediction, home: Path) -> None:
    forget(stored)
    MediaFolder.objects.all().delete()
    left = leave(home, f"{uuid.uuid4()}.jpg")

    swept = sweep(force=True)

    assert swept == Swept(warning=pairing.UNKNOWN_FILES)
    assert left.exists()


def test_another_database_sweeps_nothing_and_marks_nothing(stored: Prediction, home: Path) -> None:
    MediaFolder.objects.update(key=uuid.uuid4())
    left = leave(home, f"{uuid.uuid4()}.jpg")
    shutil.rmtree(home / "media/thumbnails")
    Path(stored.image.path).unlink()

    assert sweep(force=True) == Swept(warning=pairing.OTHER_DATABASE)
    assert left.exists()
    assert not Prediction.objects.get().photo_lost


def test_a_row_whose_photo_is_gone_is_marked_and_kept(stored: Prediction, user: User) -> None:
    remove_files(stored.file_names)

    assert sweep() == Swept(lost_photos=1)
    assert sweep() == Swept()
    stored.refresh_from_db()
    assert stored.photo_lost


def test_a_lost_photo_that_is_back_is_no_longer_marked(stored: Prediction) -> None:
    Prediction.objects.update(photo_lost=True)

    assert sweep() == Swept(found_photos=1)
    assert not Prediction.objects.get().photo_lost


def test_the_api_tells_that_a_photo_is_lost(stored: Prediction, api_client: APIClient) -> None:
    remove_files(stored.file_names)
    sweep()

    answer = api_client.get(f"{PREDICTIONS}{stored.pk}/")

    assert answer.data["image"]["lost"] is True
    assert api_client.get(f"{PREDICTIONS}{stored.pk}/image/").status_code == 404


def test_a_disk_that_is_not_mounted_loses_no_photo(stored: Prediction, home: Path) -> None:
    (home / "media").rename(home / "elsewhere")

    with pytest.raises(StorageUnavailableError):
        sweep()

    assert not (home / "media").exists()
    assert not Prediction.objects.get().photo_lost


def test_files_that_were_remembered_are_removed(stored: Prediction) -> None:
    files = files_of(stored)
    UnremovedFile.objects.bulk_create(UnremovedFile(name=name) for name in stored.file_names)
    forget(stored)

    assert sweep() == Swept(removed_files=2)
    assert not any(path.exists() for path in files)
    assert not UnremovedFile.objects.exists()


def test_a_preview_changes_nothing(stored: Prediction, home: Path) -> None:
    left = leave(home, f"{uuid.uuid4()}.jpg")

    found, warning = preview()

    assert (found.orphans, found.examples, warning) == (1, [f"photos/a/{left.name}"], "")
    assert left.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_too_young_at_the_start_goes_later_and_then_the_sweep_is_daily(stored: Prediction, home: Path) -> None:
    path = leave(home, f"{uuid.uuid4()}.jpg", age_s=10)
    paused_s: list[float] = []
    ended = threading.Event()

    def is_over(seconds: float) -> bool:
        paused_s.append(seconds)
        if len(paused_s) == 1:
            assert path.exists()
            grow_old(path, age_s=seconds + 10)
        if len(paused_s) == 3:
            ended.set()
        return ended.is_set()

    sweep_in_background(is_over=is_over)
    assert ended.wait(10)
    thread = next((thread for thread in threading.enumerate() if thread.name == "sweep"), None)
    if thread:
        thread.join(10)

    assert paused_s == [conf.upload_lease_s + 1, sweeping.EVERY_S, sweeping.EVERY_S]
    assert not path.exists()


def test_an_empty_home_has_nothing_to_sweep(db: None) -> None:
    assert sweep() == Swept()
