"""One upload, one prediction, whatever dies, stalls or is sent twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.utils import timezone
from PIL import Image

from classifier.errors import IdempotencyInProgressError, UnreadableImageError
from classifier.inference.service import ClassifierService, Inference
from classifier.models import IdempotencyKey, Prediction
from classifier.predictions.idempotency import Claim
from classifier.predictions.intake import Sender
from classifier.predictions.services import Stored, classify_upload
from classifier.tests.examples import photo_files, upload

pytestmark = pytest.mark.usefixtures("serving")


def send(owner: User) -> Stored:
    return classify_upload(sender=Sender(owner), upload=upload(), idempotency_key="photo-1")


@pytest.fixture
def while_classifying(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Runs something once, in the middle of the next upload."""

    def install(interruption: Callable[[], None]) -> None:
        started = ClassifierService.started

        def interrupted(self: ClassifierService, image: Image.Image) -> AbstractContextManager[Inference]:
            monkeypatch.setattr(ClassifierService, "started", started)
            interruption()
            return started(self, image)

        monkeypatch.setattr(ClassifierService, "started", interrupted)

    return install


def expire_reservation() -> None:
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(days=1))


def test_an_upload_that_outlived_its_lease_stores_no_second_prediction(
    user: User, while_classifying: Callable[[Callable[[], None]], None]
) -> None:
    def taken_over() -> None:
        expire_reservation()
        send(user)

    while_classifying(taken_over)
    with pytest.raises(IdempotencyInProgressError):
        send(user)

    assert Prediction.objects.count() == 1
    assert send(user) == Stored(Prediction.objects.get(), replayed=True)


def test_an_upload_that_was_taken_over_leaves_no_file(
    user: User, home: Any, while_classifying: Callable[[Callable[[], None]], None]
) -> None:
    def taken_over() -> None:
        expire_reservation()
        send(user)

    while_classifying(taken_over)
    with pytest.raises(IdempotencyInProgressError):
        send(user)

    kept = Prediction.objects.get()
    files = {str(path.relative_to(home / "media")) for path in photo_files(home / "media")}
    assert files == {kept.image.name, kept.thumbnail.name}


def test_the_reservation_is_seen_by_others_while_the_photo_is_in_work(
    user: User, while_classifying: Callable[[Callable[[], None]], None]
) -> None:
    seen: list[type[Exception]] = []

    def second() -> None:
        with pytest.raises(IdempotencyInProgressError) as refused:
            send(user)
        seen.append(refused.type)

    while_classifying(second)
    send(user)

    assert seen == [IdempotencyInProgressError]
    assert Prediction.objects.count() == 1


def test_a_failed_upload_gives_its_key_back(user: User) -> None:
    with pytest.raises(UnreadableImageError):
        classify_upload(sender=Sender(user), upload=upload(b"\xff\xd8\xffdamaged"), idempotency_key="photo-1")

    assert not IdempotencyKey.objects.exists()
    assert not send(user).replayed


def test_a_deleted_prediction_frees_its_key(user: User) -> None:
    send(user).prediction.delete()

    assert not send(user).replayed


def test_an_upload_whose_commit_fails_gives_its_key_back(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Claim, "fulfil", _then_a_failing_commit(Claim.fulfil))
        with pytest.raises(OperationalError):
            send(user)

    assert not IdempotencyKey.objects.exists()
    assert not send(user).replayed


def _then_a_failing_commit(fulfil: Callable[[Claim, Prediction], None]) -> Callable[[Claim, Prediction], None]:
    """The last thing that is done in the transaction, and then all of it undone: as a commit on a full disk does."""

    def fail(claim: Claim, prediction: Prediction) -> None:
        fulfil(claim, prediction)
        raise OperationalError("database or disk is full")

    return fail
