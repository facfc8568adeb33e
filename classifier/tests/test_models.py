"""Files live as long as their rows, and one model version at most is active."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from classifier.inference.types import Answer
from classifier.models import ModelVersion, Prediction, UnremovedFile
from classifier.predictions.intake import Sender
from classifier.predictions.services import classify_upload
from classifier.storage.local import DurableFileSystemStorage
from classifier.tests.examples import photo_files, upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("serving")]


@pytest.fixture
def stored(user: User) -> Prediction:
    return classify_upload(sender=Sender(user), upload=upload()).prediction


def test_a_deleted_query_set_takes_its_files_along(stored: Prediction, home: Path) -> None:
    Prediction.objects.filter(owner=stored.owner).delete()

    assert not photo_files(home / "media")


def test_a_deleted_user_takes_rows_and_files_along(stored: Prediction, home: Path) -> None:
    stored.owner.delete()

    assert not Prediction.objects.exists()
    assert not photo_files(home / "media")


def test_a_deletion_that_is_rolled_back_keeps_the_files(stored: Prediction, home: Path) -> None:
    with transaction.atomic():
        Prediction.objects.all().delete()
        transaction.set_rollback(True)

    assert Prediction.objects.get() == stored
    assert len(photo_files(home / "media")) == 2


def test_files_that_are_gone_already_do_not_stop_a_deletion(stored: Prediction) -> None:
    Path(stored.image.path).unlink()

    stored.delete()

    assert not Prediction.objects.exists()


def test_a_file_that_cannot_be_removed_does_not_keep_the_others(
    stored: Prediction, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = DurableFileSystemStorage.delete

    def stubborn(self: DurableFileSystemStorage, name: str) -> None:
        if name.startswith("photos/"):
            raise PermissionError(name)
        delete(self, name)

    monkeypatch.setattr(DurableFileSystemStorage, "delete", stubborn)
    Prediction.objects.all().delete()

    assert [path.parts[-3] for path in photo_files(home / "media")] == ["photos"]
    assert UnremovedFile.objects.get().name == stored.image.name


def test_two_versions_are_never_active_at_once(serving: ModelVersion) -> None:
    with pytest.raises(IntegrityError):
        ModelVersion.objects.create(name="other", version="0" * 12, path="other", manifest={}, is_active=True)


def test_a_version_that_answered_cannot_be_deleted(stored: Prediction, serving: ModelVersion) -> None:
    with pytest.raises(ProtectedError):
        serving.delete()


def test_a_prediction_is_called_by_its_answer() -> None:
    retriever = {"wnid": "n02099601", "label": "golden_retriever", "probability": 0.48}
    row = Prediction(label="golden_retriever", probability=0.48, top=[retriever])

    row.set_answer(Answer("broader", "retriever", "n02099029", 0.9))

    assert str(row) == "Probably a retriever; perhaps a golden retriever (48 %)"
    assert row.answer == Answer("broader", "retriever", "n02099029", 0.9)


def test_a_prediction_from_before_there_were_answers_is_called_by_its_best_label() -> None:
    row = Prediction(label="golden_retriever", probability=0.9697)

    assert str(row) == "golden retriever (97 %)"
    assert row.answer is None
