"""Everything in one file, of one moment, and never in the place of another file."""

import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from rest_framework.test import APIClient

from classifier.errors import ClassifierError
from classifier.models import ModelVersion, Prediction, StorageUse
from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.writing import write_backup
from classifier.tests.storage.backup.conftest import Place, files_of_at_most, send
from classifier.tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def names_in(tar: Path) -> list[str]:
    with tarfile.open(tar) as archive:
        return archive.getnames()


def right_after_the_snapshot(work: Callable[[], Any]) -> Any:
    """Has another thread do it, once, when the database of the backup is written or fixed."""
    done: list[bool] = []

    def run() -> None:
        work()
        connection.close()

    def wrap(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        result = execute(sql, *arguments)
        if not done and ("VACUUM INTO" in sql or "pg_export_snapshot" in sql):
            done.append(True)
            thread = threading.Thread(target=run)
            thread.start()
            thread.join(10)
        return result

    return connection.execute_wrapper(wrap)


def test_a_backup_under_load_has_the_files_of_every_row(
    user: User, serving: ModelVersion, client_of: Any, place: Place, tmp_path: Path
) -> None:
    client, stop = client_of(user), threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                kept, deleted = send(client), send(client, "blue")
                client.delete(f"/api/v1/predictions/{deleted['id']}/")
                assert kept["id"]
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    wait_until(lambda: Prediction.objects.count() >= 10, within_s=30)
    written = write_backup(tmp_path / "all.tar").manifest
    stop.set()
    for thread in threads:
        thread.join()

    place.restore(tmp_path / "all.tar")
    assert written.restored >= 8  # of ten rows, each thread may be about to delete one
    assert place.without_files() == (written.restored, 0)


def test_a_photo_deleted_meanwhile_is_not_back(
    api_client: APIClient, user: User, serving: ModelVersion, place: Place, tmp_path: Path
) -> None:
    send(api_client)
    gone = send(api_client, "blue")["id"]

    with right_after_the_snapshot(lambda: Prediction.objects.get(pk=gone).delete()):
        written = write_backup(tmp_path / "all.tar").manifest

    place.restore(tmp_path / "all.tar")
    assert [str(key) for key in written.deleted] == [gone]
    assert place.without_files() == (1, 0)
    with place.connected():
        assert StorageUse.objects.get(owner=user).photos == 1
    assert list(place.data_dir.rglob(f"*{gone}*")) == []


def test_a_photo_lost_before_keeps_its_prediction(
    api_client: APIClient, serving: ModelVersion, place: Place, tmp_path: Path
) -> None:
    send(api_client)
    lost = Prediction.objects.get(pk=send(api_client, "blue")["id"])
    default_storage.delete(str(lost.image.name))

    written = write_backup(tmp_path / "all.tar").manifest

    place.restore(tmp_path / "all.tar")
    assert (written.lost, written.restored) == (1, 2)
    assert place.without_files() == (2, 1)
    assert (place.data_dir / "media" / str(lost.thumbnail.name)).is_file()


@pytest.mark.parametrize("leaves_a_folder", [True, False])
def test_photos_whose_disk_is_not_mounted_are_not_taken_for_lost(
    api_client: APIClient, serving: ModelVersion, home: Path, tmp_path: Path, leaves_a_folder: bool
) -> None:
    send(api_client)
    (home / "media").rename(tmp_path / "unmounted")
    if leaves_a_folder:
        (home / "media").mkdir()

    with pytest.raises(ClassifierError):
        write_backup(tmp_path / "all.tar")

    assert not (tmp_path / "all.tar").exists()


def test_the_mark_of_the_photos_folder_belongs_to_it_and_a_trash_does_not(
    api_client: APIClient, serving: ModelVersion, place: Place, tmp_path: Path
) -> None:
    send(api_client)
    default_storage.save(".mark", ContentFile(b"whose"))
    default_storage.save(".trash/2026-01-31/old.jpg", ContentFile(b"old"))

    write_backup(tmp_path / "all.tar")

    place.restore(tmp_path / "all.tar")
    assert (place.data_dir / "media/.mark").read_bytes() == b"whose"
    assert [name for name in names_in(tmp_path / "all.tar") if "trash" in name] == []


def test_models_are_whole_even_behind_links_and_those_being_installed_are_not_in_it(
    serving: ModelVersion, home: Path, place: Place, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/labels.json").write_text("[]")
    (home / "models/.installing-x").mkdir(parents=True)
    (home / "models/linked").symlink_to(tmp_path / "elsewhere")

    write_backup(tmp_path / "all.tar")

    place.restore(tmp_path / "all.tar")
    assert sorted(path.name for path in (place.data_dir / "models").iterdir()) == ["linked"]
    assert (place.data_dir / "models/linked/labels.json").read_text() == "[]"
    assert not (place.data_dir / "models/linked").is_symlink()


def test_the_secret_key_is_a_setting_and_in_no_backup(home: Path, tmp_path: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "secret_key").write_text("hush")

    write_backup(tmp_path / "all.tar")

    assert "secret_key" not in names_in(tmp_path / "all.tar")
    assert b"hush" not in (tmp_path / "all.tar").read_bytes()


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = write_backup(tmp_path / "all.tar").path

    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_another_file_is_replaced_only_when_asked_to(tmp_path: Path) -> None:
    (tmp_path / "all.tar").write_text("another")

    with pytest.raises(BackupError, match=r"all\.tar exists\. .* manage\.py backup --overwrite"):
        write_backup(tmp_path / "all.tar")

    assert (tmp_path / "all.tar").read_text() == "another"
    write_backup(tmp_path / "all.tar", overwrite=True)
    assert names_in(tmp_path / "all.tar")[-1] == "backup.json"


def test_a_file_that_appears_meanwhile_is_not_replaced_either(tmp_path: Path) -> None:
    with (
        right_after_the_snapshot(lambda: (tmp_path / "all.tar").write_text("another")),
        pytest.raises(BackupError, match="exists"),
    ):
        write_backup(tmp_path / "all.tar")

    assert (tmp_path / "all.tar").read_text() == "another"
    assert len(list(tmp_path.iterdir())) == 1


def test_in_a_folder_it_gets_a_name_with_the_moment_in_it(tmp_path: Path) -> None:
    path = write_backup(tmp_path).path

    assert list(tmp_path.glob("classifier-2*-*-*-*.tar")) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="There is no folder"):
        write_backup(tmp_path / "missing/all.tar")


@pytest.mark.parametrize("part", [0.1, 0.95])
def test_a_disk_that_is_full_leaves_nothing(
    api_client: APIClient, serving: ModelVersion, tmp_path: Path, part: float
) -> None:
    send(api_client)
    (tmp_path / "backups").mkdir()
    size = write_backup(tmp_path / "whole.tar").path.stat().st_size

    with files_of_at_most(int(part * size)), pytest.raises(BackupError):
        write_backup(tmp_path / "backups")

    assert list((tmp_path / "backups").iterdir()) == []
