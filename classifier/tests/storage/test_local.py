"""Files are whole and on the disk, or not there."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from classifier.errors import StorageFullError
from classifier.storage.local import DurableFileSystemStorage, check_free_space


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_synced_and_then_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    steps: list[str] = []
    sync = os.fsync

    def synced(descriptor: int) -> None:
        steps.append("sync folder" if Path(f"/dev/fd/{descriptor}").is_dir() else "sync file")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", synced)
    DurableFileSystemStorage(tmp_path).save("a/photo.jpg", ContentFile(b"bytes"))

    assert steps == ["sync file", "sync folder"]
    assert (tmp_path / "a/photo.jpg").read_bytes() == b"bytes"


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "a").mkdir()
    with pytest.raises(StorageFullError):
        DurableFileSystemStorage(tmp_path).save("a/photo.jpg", ContentFile(b"bytes"))

    assert not files_in(tmp_path)


def test_other_failures_of_the_disk_stay_what_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        DurableFileSystemStorage(tmp_path).save("photo.jpg", ContentFile(b"bytes"))

    assert not files_in(tmp_path)


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    storage = DurableFileSystemStorage(tmp_path)
    storage.save("photo.jpg", ContentFile(b"first"))
    with pytest.raises(FileExistsError):
        storage.save("photo.jpg", ContentFile(b"second"))

    assert (tmp_path / "photo.jpg").read_bytes() == b"first"


def test_the_setting_says_how_much_of_the_disk_stays_free(settings: Any) -> None:
    settings.CLASSIFIER_MIN_FREE_BYTES = 0
    check_free_space()

    settings.CLASSIFIER_MIN_FREE_BYTES = 2**62

    with pytest.raises(StorageFullError):
        check_free_space()
