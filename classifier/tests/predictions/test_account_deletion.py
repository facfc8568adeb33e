"""Closed accounts go in the background, whatever happens in between."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError

from classifier.accounts import batches, deletion
from classifier.models import IdempotencyKey, ModelVersion, Prediction, StorageUse
from classifier.predictions import account_deletion, services
from classifier.predictions.intake import Sender
from classifier.tests.examples import photo_files, upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def holding(user: User, serving: ModelVersion) -> User:
    """An account with three photos."""
    for key in ("a", "b", "c"):
        services.classify_upload(sender=Sender(user), upload=upload(), idempotency_key=key)
    return user


def test_a_closed_account_leaves_no_row_and_no_file(
    holding: User, other_user: User, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "FIRST_ROWS", 2)
    services.classify_upload(sender=Sender(other_user), upload=upload())
    deletion.request_deletion(holding)
    pauses: list[float] = []

    assert account_deletion.delete_requested(pause=pauses.append) == 1

    assert list(User.objects.all()) == [other_user]
    assert [row.owner for row in Prediction.objects.all()] == [other_user]
    assert StorageUse.objects.get().owner == other_user
    assert not IdempotencyKey.objects.exists()
    assert len(photo_files(home / "media")) == 2
    assert len(pauses) == 3  # two of photos, one of the counters
    assert all(pause_s > 0 for pause_s in pauses)


def test_nobody_else_is_touched(holding: User) -> None:
    assert account_deletion.delete_requested() == 0
    assert Prediction.objects.count() == 3


def test_what_was_interrupted_goes_on(holding: User, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "FIRST_ROWS", 1)
    deletion.request_deletion(holding)

    def crash(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        account_deletion.delete_requested(pause=crash)
    assert Prediction.objects.count() == 2

    assert account_deletion.delete_requested() == 1
    assert not User.objects.exists()
    assert not photo_files(home / "media")


def test_the_background_begins_at_once_and_goes_on_after_a_failure(
    holding: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    deletion.request_deletion(holding)
    assert deletion.requested.is_set()
    tries: list[bool] = []
    waited: list[float] = []

    def fail_once() -> int:
        tries.append(deletion.requested.is_set())
        if len(tries) == 1:
            raise DatabaseError("on purpose")
        return 0

    monkeypatch.setattr(account_deletion, "delete_requested", fail_once)
    account_deletion.delete_in_background(wait=waited.append, is_over=lambda: len(waited) == 2)

    for thread in threading.enumerate():
        if thread.name == "account-deletion":
            thread.join(8)
    assert tries == [False, False]
    assert waited == [account_deletion.EVERY_S] * 2
    assert "could not be deleted whole" in caplog.text


def test_one_that_cannot_be_deleted_keeps_no_other_waiting(
    holding: User, other_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    deletion.request_deletion(holding)
    deletion.request_deletion(other_user)
    finish = deletion.finish

    def finish_but_one(user_id: int, **options: Any) -> None:
        if user_id == holding.pk:
            raise DatabaseError("a row of another application refers to it")
        finish(user_id, **options)

    monkeypatch.setattr(deletion, "finish", finish_but_one)

    assert account_deletion.delete_requested() == 1
    assert list(User.objects.all()) == [User.objects.get(pk=holding.pk)]
