"""What an operator is told about files without a row, and can do about them."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError

from classifier.models import DeviceToken, MediaFolder
from classifier.storage import pairing
from classifier.storage.sweep import ACCEPT, LOCK, LOOK
from classifier.tests.commands import run
from classifier.tests.locks import held_elsewhere
from classifier.tests.storage.test_sweep import leave

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paired() -> None:
    pairing.check_folder()


def test_a_crash_left_little(home: Path) -> None:
    path = leave(home, f"{uuid.uuid4()}.jpg")

    preview, _ = run("sweep", "--dry-run")
    assert path.exists()
    out, _ = run("sweep")

    assert "1 of 1 files have no row" in preview
    assert f"photos/a/{path.name}" in preview
    assert "1 files without a row moved to the trash" in out
    assert not path.exists()
    assert "Nothing to do." in run("sweep", "--dry-run")[0]


def test_what_has_expired_is_deleted_too(home: Path, user: User) -> None:
    DeviceToken.objects.create(user, expiry=timedelta(seconds=-1))

    run("sweep", "--dry-run")
    assert DeviceToken.objects.exists()
    assert "1 expired tokens" in run("sweep")[0]
    assert not DeviceToken.objects.exists()


def test_too_much_is_told_and_moved_only_when_told_to(home: Path) -> None:
    paths = [leave(home, f"{uuid.uuid4()}.jpg") for _ in range(12)]

    with pytest.raises(CommandError, match="12 of 12 files have no row") as stopped:
        run("sweep")

    assert LOOK in str(stopped.value)
    assert ACCEPT in str(stopped.value)
    assert "…" in run("sweep", "--dry-run")[0]
    assert all(path.exists() for path in paths)
    assert "12 files without a row moved" in run("sweep", "--force")[0]
    assert not any(path.exists() for path in paths)


def test_a_folder_of_another_database_is_swept_only_when_adopted(home: Path) -> None:
    path = leave(home, f"{uuid.uuid4()}.jpg")
    MediaFolder.objects.update(key=uuid.uuid4())

    with pytest.raises(CommandError, match="belongs to another database"):
        run("sweep", "--force")
    assert path.exists()

    assert "1 files without a row moved" in run("sweep", "--adopt")[0]


def test_a_disk_that_is_not_mounted_is_told(home: Path) -> None:
    (home / "media").rename(home / "elsewhere")

    for arguments in (["sweep"], ["sweep", "--dry-run"]):
        with pytest.raises(CommandError, match="Mount the disk"):
            run(*arguments)

    run("sweep", "--adopt")
    assert (home / "media").is_dir()


@pytest.mark.django_db(transaction=True)
def test_one_process_sweeps_at_a_time(home: Path) -> None:
    with held_elsewhere(LOCK), pytest.raises(CommandError, match="Another process sweeps"):
        run("sweep")
    run("sweep")
