"""A bucket is swept by listing it: within bounds, with a way back, and only when it is this database's."""

from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.management import CommandError

from classifier.conf import Conf
from classifier.models import MediaFolder, ModelVersion, Prediction
from classifier.storage import health
from classifier.storage.bucket import NO_MARKER, OTHER_DATABASE, UNKNOWN_FILES
from classifier.storage.s3 import PrivateS3Storage
from classifier.storage.sweep import preview, sweep
from classifier.tests.commands import run
from classifier.tests.rows import make_prediction

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_is_in_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Conf, "upload_lease_s", -60.0)


@pytest.fixture
def paired(bucket: PrivateS3Storage, nothing_is_in_flight: None) -> PrivateS3Storage:
    sweep()
    return bucket


def put(bucket: PrivateS3Storage, key: UUID | None = None) -> str:
    key = key or uuid4()
    return str(bucket.save(f"photos/{key.hex[0]}/{key}.jpg", ContentFile(b"photo")))


def names(bucket: PrivateS3Storage) -> set[str]:
    return {item.name for item in bucket.listed("") if item.name != ".database-id"}


@pytest.fixture
def stored(paired: PrivateS3Storage, user: User, serving: ModelVersion) -> Prediction:
    prediction = make_prediction(user, serving, "tabby")
    prediction.image = put(paired, prediction.pk)
    prediction.save()
    return prediction


def test_a_new_bucket_is_marked_as_this_databases(paired: PrivateS3Storage) -> None:
    with paired.open(".database-id", "rb") as file:
        assert UUID(file.read().decode().strip()) == MediaFolder.objects.get().key


def test_what_a_crash_left_goes_to_the_trash_and_a_stored_photo_stays(
    paired: PrivateS3Storage, stored: Prediction
) -> None:
    orphan = put(paired)
    assert preview()[0].examples == [orphan]

    swept = sweep()

    assert (swept.trashed_files, swept.lost_photos, swept.warning) == (1, 0, "")
    (trashed,) = names(paired) - {str(stored.image)}
    assert trashed.startswith(".trash/")
    assert trashed.endswith(orphan)
    assert sweep().trashed_files == 0


def test_it_comes_back_with_its_row(paired: PrivateS3Storage, user: User, serving: ModelVersion) -> None:
    prediction = make_prediction(user, serving, "tabby")
    name = put(paired, prediction.pk)
    Prediction.objects.all().delete()
    put(paired, prediction.pk)
    sweep()
    assert name not in names(paired)
    prediction.image = name
    prediction.save(force_insert=True)

    swept = sweep()

    assert swept.restored_files == 1
    assert names(paired) == {name}


def test_the_trash_is_emptied_after_thirty_days(paired: PrivateS3Storage) -> None:
    paired.save(f".trash/2020-01-01/photos/a/{uuid4()}.jpg", ContentFile(b"old"))
    paired.save(".trash/somebodys/file", ContentFile(b"not ours"))

    assert sweep().removed_files == 1
    assert names(paired) == {".trash/somebodys/file"}


def test_an_upload_in_flight_is_left_alone(bucket: PrivateS3Storage) -> None:
    sweep()
    name = put(bucket)

    assert sweep().trashed_files == 0
    assert names(bucket) == {name}


def test_too_many_are_a_reason_to_ask(paired: PrivateS3Storage) -> None:
    left = {put(paired) for _ in range(12)}

    with pytest.raises(CommandError, match="12 of 12 files have no row"):
        run("sweep")
    assert names(paired) == left
    assert "12 files without a row moved" in run("sweep", "--force")[0]
    assert not names(paired) & left


@pytest.mark.parametrize("told", [OTHER_DATABASE, NO_MARKER])
def test_another_ones_bucket_is_neither_swept_nor_believed(
    paired: PrivateS3Storage, stored: Prediction, told: str
) -> None:
    orphan = put(paired)
    paired.delete(str(stored.image))
    if told == NO_MARKER:
        paired.delete(".database-id")
    else:
        paired.save(".database-id", ContentFile(str(uuid4()).encode()))

    swept = sweep(force=True)

    assert (swept.trashed_files, swept.lost_photos, swept.warning) == (0, 0, told)
    assert names(paired) == {orphan}
    assert told in health.warnings()
    assert told in health.examine()
    run("sweep", "--adopt")
    assert orphan not in names(paired)


def test_a_bucket_with_unknown_photos_is_not_taken(bucket: PrivateS3Storage, nothing_is_in_flight: None) -> None:
    name = put(bucket)

    assert sweep().warning == UNKNOWN_FILES
    assert names(bucket) == {name}


def test_missing_photos_are_marked_until_they_are_back(paired: PrivateS3Storage, stored: Prediction) -> None:
    paired.delete(str(stored.image))
    assert sweep().lost_photos == 1
    stored.refresh_from_db()
    assert stored.photo_lost

    put(paired, stored.pk)

    assert sweep().found_photos == 1
    stored.refresh_from_db()
    assert not stored.photo_lost
