"""Files are whole and on the disk, or not there."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile

from classifier.errors import StorageFullError, StorageUnavailableError
from classifier.storage.local import CHUNK_BYTES, SMALL_PHOTO_BYTES, DurableFileSystemStorage, check_free_space
from classifier.storage.marker import write_marker
from classifier.tests.examples import photo_files


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """A folder of photos, as it is after the first one."""
    write_marker(tmp_path / "media", uuid4())
    (tmp_path / "media/a").mkdir()
    return tmp_path / "media"


WRITING: dict[str, Callable[[DurableFileSystemStorage, str], object]] = {
    "write": lambda storage, name: storage.write(name, b"bytes"),
    "Django's save": lambda storage, name: storage.save(name, ContentFile(b"bytes")),
}


@pytest.fixture
def synced_things(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was synced, in order."""
    found: list[str] = []
    sync = os.fsync

    def synced(descriptor: int) -> None:
        found.append(Path(f"/dev/fd/{descriptor}").resolve().name)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", synced)
    return found


@pytest.mark.parametrize("way", WRITING)
def test_a_file_is_synced_and_then_its_folder(media: Path, synced_things: list[str], way: str) -> None:
    WRITING[way](DurableFileSystemStorage(media), "a/photo.jpg")

    assert synced_things[-2:] == ["photo.jpg", "a"]
    assert (media / "a/photo.jpg").read_bytes() == b"bytes"


def test_a_folder_that_somebody_else_made_is_synced_into_its_parent_once(media: Path, synced_things: list[str]) -> None:
    storage = DurableFileSystemStorage(media)
    (media / "a").mkdir(exist_ok=True)

    storage.write("a/1.jpg", b"photo")
    storage.write("a/2.jpg", b"photo")

    assert synced_things == ["media", "1.jpg", "a", "2.jpg", "a"]


def test_folders_that_are_missing_are_made_and_synced_into_their_parents(media: Path, synced_things: list[str]) -> None:
    DurableFileSystemStorage(media).write("b/c/photo.jpg", b"bytes")

    assert synced_things == ["media", "b", "photo.jpg", "c"]


def test_a_file_in_the_place_of_a_folder_is_a_fault_of_the_disk(media: Path) -> None:
    (media / "b").touch()

    with pytest.raises(StorageUnavailableError):
        DurableFileSystemStorage(media).write("b/photo.jpg", b"bytes")


def test_a_photo_is_whole_though_the_disk_takes_a_part_at_a_time(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, write = os.urandom(CHUNK_BYTES + 1), os.write
    monkeypatch.setattr(os, "write", lambda descriptor, part: write(descriptor, part[:100_000]))

    DurableFileSystemStorage(media).write("a/photo.jpg", data)

    assert (media / "a/photo.jpg").read_bytes() == data


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
        DurableFileSystemStorage(media).write("a/photo.jpg", b"bytes")

    assert not photo_files(media)


def test_a_file_that_is_there_is_never_written_over(media: Path) -> None:
    storage = DurableFileSystemStorage(media)
    storage.write("photo.jpg", b"first")
    with pytest.raises(FileExistsError):
        storage.write("photo.jpg", b"second")

    assert (media / "photo.jpg").read_bytes() == b"first"


ACTIONS: dict[str, Callable[[DurableFileSystemStorage, str], object]] = {
    "write": lambda storage, name: storage.write(name, b"bytes"),
    "open": lambda storage, name: storage.open(name),
    "exists": lambda storage, name: storage.exists(name),
    "delete": lambda storage, name: storage.delete(name),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("name", ["../photo.jpg", "a/../../photo.jpg", "a/..", "{outside}/photo.jpg"])
def test_no_name_leads_out_of_the_folder(media: Path, action: str, name: str) -> None:
    (media.parent / "photo.jpg").write_bytes(b"somebody's")

    with pytest.raises(SuspiciousFileOperation):
        ACTIONS[action](DurableFileSystemStorage(media), name.format(outside=media.parent))

    assert (media.parent / "photo.jpg").read_bytes() == b"somebody's"


PLACES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda _: None,
    "a file": Path.touch,
    "an empty folder": Path.mkdir,
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_done_where_the_disk_is_not_mounted(media: Path, action: str, place: str) -> None:
    media.rename(media.with_name("elsewhere"))
    PLACES[place](media)

    with pytest.raises(StorageUnavailableError):
        ACTIONS[action](DurableFileSystemStorage(media), "a/photo.jpg")

    assert not photo_files(media)
    assert media.is_dir() is (place == "an empty folder")
    assert (media.with_name("elsewhere") / "a").is_dir()


@pytest.mark.parametrize("action", ["open", "exists", "delete"])
def test_a_file_that_is_not_there_is_no_fault_of_the_disk(media: Path, action: str) -> None:
    storage = DurableFileSystemStorage(media)

    if action == "open":
        with pytest.raises(FileNotFoundError):
            ACTIONS[action](storage, "a/photo.jpg")
    else:
        assert not ACTIONS[action](storage, "a/photo.jpg")


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
