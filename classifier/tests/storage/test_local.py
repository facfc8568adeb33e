"""Files are whole and on the disk, or not there."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from classifier.errors import StorageFullError, StorageUnavailableError
from classifier.storage.local import SMALL_PHOTO_BYTES, DurableFileSystemStorage, check_free_space
from classifier.storage.marker import write_marker
from classifier.tests.examples import photo_files


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """A folder of photos, as it is after the first one."""
    write_marker(tmp_path / "media", uuid4())
    (tmp_path / "media/a").mkdir()
    return tmp_path / "media"


def test_a_file_is_synced_and_then_its_folder(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync = os.fsync

    def synced(descriptor: int) -> None:
        steps.append("sync folder" if Path(f"/dev/fd/{descriptor}").is_dir() else "sync file")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", synced)
    DurableFileSystemStorage(media).save("a/photo.jpg", ContentFile(b"bytes"))

    assert steps == ["sync file", "sync folder"]
    assert (media / "a/photo.jpg").read_bytes() == b"bytes"


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, StorageFullError),
        (errno.EDQUOT, StorageFullError),
        (errno.EIO, StorageUnavailableError),
        (errno.EROFS, StorageUnavailableError),
    ],
)
def test_what_the_disk_refuses_is_told_and_leaves_nothing(
    media: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(error):
        DurableFileSystemStorage(media).save("a/photo.jpg", ContentFile(b"bytes"))

    assert not photo_files(media)


def test_a_file_that_is_there_is_never_written_over(media: Path) -> None:
    storage = DurableFileSystemStorage(media)
    storage.save("photo.jpg", ContentFile(b"first"))
    with pytest.raises(FileExistsError):
        storage.save("photo.jpg", ContentFile(b"second"))

    assert (media / "photo.jpg").read_bytes() == b"first"


ACTIONS: dict[str, Callable[[DurableFileSystemStorage], object]] = {
    "save": lambda storage: storage.save("b/photo.jpg", ContentFile(b"bytes")),
    "open": lambda storage: storage.open("a/photo.jpg"),
    "exists": lambda storage: storage.exists("a/photo.jpg"),
    "delete": lambda storage: storage.delete("a/photo.jpg"),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("is_file", [False, True])
def test_nothing_is_done_where_the_disk_is_not_mounted(media: Path, action: str, is_file: bool) -> None:
    media.rename(media.with_name("elsewhere"))
    if is_file:
        media.touch()

    with pytest.raises(StorageUnavailableError):
        ACTIONS[action](DurableFileSystemStorage(media))

    assert media.exists() is is_file
    assert (media.with_name("elsewhere") / "a").is_dir()


@pytest.mark.parametrize("action", ["open", "exists", "delete"])
def test_a_file_that_is_not_there_is_no_fault_of_the_disk(media: Path, action: str) -> None:
    storage = DurableFileSystemStorage(media)

    if action == "open":
        with pytest.raises(FileNotFoundError):
            ACTIONS[action](storage)
    else:
        assert not ACTIONS[action](storage)


def test_a_small_photo_must_have_room_beside_what_stays_free(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.CLASSIFIER_MIN_FREE_BYTES = 0
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=2 * SMALL_PHOTO_BYTES))

    check_free_space(2 * SMALL_PHOTO_BYTES)
    with pytest.raises(StorageFullError):
        check_free_space(2 * SMALL_PHOTO_BYTES + 1)
    settings.CLASSIFIER_MIN_FREE_BYTES = SMALL_PHOTO_BYTES + 1
    with pytest.raises(StorageFullError):
        check_free_space(1)


def test_the_setting_says_how_much_of_the_disk_stays_free(settings: Any) -> None:
    settings.CLASSIFIER_MIN_FREE_BYTES = 0
    check_free_space()

    settings.CLASSIFIER_MIN_FREE_BYTES = 2**62

    with pytest.raises(StorageFullError):
        check_free_space()
