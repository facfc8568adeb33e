"""Files that the disk does not let go are not forgotten."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.db.models import QuerySet

from classifier.models import UnremovedFile
from classifier.storage import pairing
from classifier.storage.removal import remove_files, remove_remembered

NAMES = ("photos/a/1.jpg", "thumbnails/a/1.jpg")


@pytest.fixture
def media(db: None, home: Path) -> Path:
    pairing.check_folder()
    for name in NAMES:
        default_storage.save(name, ContentFile(b"bytes"))
    return home / "media"


def test_files_go_at_once(media: Path) -> None:
    remove_files(NAMES)

    assert not any((media / name).exists() for name in NAMES)
    assert not UnremovedFile.objects.exists()


def test_files_of_a_disk_that_is_not_mounted_go_when_it_is_back(media: Path) -> None:
    elsewhere = media.rename(media.with_name("elsewhere"))

    remove_files(NAMES)
    remove_files(NAMES)
    assert sorted(UnremovedFile.objects.values_list("name", flat=True)) == sorted(NAMES)
    assert remove_remembered() == 0

    elsewhere.rename(media)
    assert remove_remembered() == 2
    assert not any((media / name).exists() for name in NAMES)
    assert not UnremovedFile.objects.exists()


def test_a_database_that_fails_too_is_logged_and_fails_no_request(
    media: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failed(*_: object, **__: object) -> None:
        raise DatabaseError("no")

    monkeypatch.setattr(QuerySet, "bulk_create", failed)
    media.rename(media.with_name("elsewhere"))

    remove_files(NAMES)

    assert all(name in caplog.text for name in NAMES)
