"""Predictions deleted a few at a time: whole batches, exact counters, and no file that is forgotten."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from classifier.accounts import batches
from classifier.models import (
    ModelVersion,
    Prediction,
    PreviousPrediction,
    ReclassificationJob,
    StorageUse,
    UnremovedFile,
)
from classifier.predictions import deletion, services
from classifier.predictions.intake import Sender
from classifier.tests.examples import photo_files, upload
from classifier.tests.rows import make_prediction

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(user: User, serving: ModelVersion) -> list[Prediction]:
    return [services.classify_upload(sender=Sender(user), upload=upload()).prediction for _ in range(3)]


def test_rows_and_files_go_and_the_counters_stay_exact(stored: list[Prediction], home: Path) -> None:
    kept = stored[0]

    assert deletion.delete_predictions(row.pk for row in stored[1:]) == 2

    use = StorageUse.objects.get()
    assert Prediction.objects.get() == kept
    assert (use.photos, use.byte_size) == (1, kept.byte_size)
    assert len(photo_files(home / "media")) == 2
    assert not UnremovedFile.objects.exists()


def test_what_is_deleted_already_counts_for_nothing(stored: list[Prediction]) -> None:
    keys = [row.pk for row in stored[:2]]
    deletion.delete_predictions(keys)

    assert deletion.delete_predictions(keys) == 0
    assert StorageUse.objects.get().photos == 1


def test_owners_of_one_batch_are_counted_apart(user: User, other_user: User, serving: ModelVersion) -> None:
    rows = [make_prediction(owner, serving, "red", byte_size=10) for owner in (user, user, other_user)]
    for owner, photos in ((user, 5), (other_user, 1)):
        StorageUse.objects.create(owner=owner, photos=photos, byte_size=photos * 10)

    deletion.delete_predictions(row.pk for row in rows)

    assert list(StorageUse.objects.order_by("owner").values_list("photos", "byte_size")) == [(3, 30), (0, 0)]


def test_what_belongs_to_the_rows_goes_along(stored: list[Prediction], serving: ModelVersion) -> None:
    PreviousPrediction.objects.create(prediction=stored[0], label="red", probability=0.5, top=[], model_version=serving)
    ReclassificationJob.objects.create(prediction=stored[1])

    deletion.delete_predictions(row.pk for row in stored)

    assert not Prediction.objects.exists()
    assert not PreviousPrediction.objects.exists()
    assert not ReclassificationJob.objects.exists()


def test_no_transaction_is_longer_than_a_batch(stored: list[Prediction], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "FIRST_ROWS", 2)
    StorageUse.objects.update(photos=3)
    seen = []

    def fail_in_the_second(*_: object) -> None:
        seen.append(Prediction.objects.count())
        if len(seen) == 2:
            raise DatabaseError("on purpose")

    monkeypatch.setattr(deletion, "remember", fail_in_the_second)
    with pytest.raises(DatabaseError):
        deletion.delete_predictions(row.pk for row in stored)

    assert seen == [1, 0]
    assert Prediction.objects.count() == 1
    assert StorageUse.objects.get().photos == 1


def test_a_crash_after_the_commit_leaves_the_names_of_the_files(
    stored: list[Prediction], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> int:
        raise SystemExit

    monkeypatch.setattr(deletion, "remove_remembered", crash)
    with pytest.raises(SystemExit):
        deletion.delete_predictions([stored[0].pk])

    assert set(UnremovedFile.objects.values_list("name", flat=True)) == set(stored[0].file_names)
    assert len(photo_files(home / "media")) == 6


def test_a_row_deleted_in_any_other_way_is_counted_and_takes_its_files(stored: list[Prediction], home: Path) -> None:
    with transaction.atomic():
        Prediction.objects.filter(pk__in=[row.pk for row in stored[:2]]).delete()

    assert StorageUse.objects.get().photos == 1
    assert len(photo_files(home / "media")) == 2
