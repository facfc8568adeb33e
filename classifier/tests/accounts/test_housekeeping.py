"""What is past its time is deleted, and nothing else."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classifier.accounts import batches, housekeeping
from classifier.accounts.sessions import SessionStore
from classifier.models import BrowserSession, DeviceToken, KnownAddress, PairingCode, PasswordResetCode, ThrottleCount

TABLES: tuple[Any, ...] = (DeviceToken, BrowserSession, KnownAddress, PairingCode, PasswordResetCode, ThrottleCount)


def make_all(user: User, *, number: int) -> None:
    """One row of each kind that is good now."""
    now = timezone.now()
    DeviceToken.objects.create(user, device_name=str(number))
    SessionStore().create()
    KnownAddress.objects.create(user=user, key=str(number), seen_at=now)
    PasswordResetCode.objects.create(user=user, digest=str(number), created_at=now)
    owner = user if number == 1 else User.objects.create_user(str(number))
    PairingCode.objects.create(user=owner, seed=str(number), digest=str(number), created_at=now)
    ThrottleCount.objects.create(key=str(number), hits="", expires_at=now + timedelta(hours=1))


def let_all_expire() -> None:
    now = timezone.now()
    DeviceToken.objects.update(expiry=now - timedelta(seconds=1))
    BrowserSession.objects.update(expire_date=now - timedelta(seconds=1))
    KnownAddress.objects.update(seen_at=now - timedelta(days=31))
    PasswordResetCode.objects.update(created_at=now - timedelta(minutes=16))
    PairingCode.objects.update(created_at=now - timedelta(minutes=6))
    ThrottleCount.objects.update(expires_at=now - timedelta(seconds=1))


def test_what_has_expired_is_deleted_and_nothing_else(user: User) -> None:
    make_all(user, number=1)
    let_all_expire()
    make_all(user, number=2)

    assert housekeeping.clear_expired() == len(TABLES)
    assert [table.objects.count() for table in TABLES] == [1] * len(TABLES)
    assert DeviceToken.objects.get().device_name == "2"


def test_a_token_that_is_too_old_is_deleted_though_it_was_used(user: User, settings: Any) -> None:
    settings.CLASSIFIER_TOKEN_MAX_AGE_DAYS = 5
    DeviceToken.objects.create(user)
    DeviceToken.objects.update(created=timezone.now() - timedelta(days=6))

    assert housekeeping.clear_expired() == 1


def test_others_write_between_a_few_rows_and_the_next(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MAX_ROWS", 2)
    for number in range(5):
        KnownAddress.objects.create(user=user, key=str(number), seen_at=timezone.now() - timedelta(days=31))

    with CaptureQueriesContext(connection) as queries:
        assert housekeeping.clear_expired() == 5
    assert sum("DELETE" in query["sql"] for query in queries) == 3


@pytest.mark.django_db(transaction=True)
def test_it_goes_on_every_hour_whatever_the_database_says(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_all(user, number=1)
    let_all_expire()
    paused, rounds, pauses = threading.Event(), threading.Semaphore(0), []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        paused.set()
        rounds.acquire()

    housekeeping.clear_in_background(pause=pause)

    assert paused.wait(30)
    assert pauses == [3600]
    assert not any(table.objects.exists() for table in TABLES)
