"""Everything in one file, and back."""

import sqlite3
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction
from classifier.storage.backup import BackupError, restore_backup, write_backup
from classifier.tests.examples import jpeg, upload
from classifier.tests.waiting import wait_until

PREDICTIONS = "/api/v1/predictions/"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is backed up by pg_dump"),
]


def send(client: APIClient, colour: str = "red") -> Any:
    return client.post(PREDICTIONS, {"image": upload(jpeg(colour))}, format="multipart").json()


def rows_and_files(data_dir: Path) -> tuple[int, list[Path]]:
    with sqlite3.connect(data_dir / "db.sqlite3") as rows:
        named = [data_dir / "media" / name for pair in rows.execute(QUERY) for name in pair]
    return len(named) // 2, [path for path in named if not path.is_file()]


QUERY = "SELECT image, thumbnail FROM classifier_prediction"


def test_what_was_backed_up_is_back(api_client: APIClient, serving: ModelVersion, tmp_path: Path) -> None:
    stored = send(api_client)
    send(api_client, "blue")

    assert write_backup(tmp_path / "all.tar") == 2
    assert restore_backup(tmp_path / "all.tar", tmp_path / "new") == 2

    assert rows_and_files(tmp_path / "new") == (2, [])
    photo = next((tmp_path / "new/media/photos").rglob(f"{stored['id']}*"))
    assert photo.read_bytes() == jpeg("red")


def test_a_backup_under_load_has_the_files_of_every_row(
    user: User, serving: ModelVersion, client_of: Any, tmp_path: Path
) -> None:
    client, stop = client_of(user), threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                kept, deleted = send(client), send(client, "blue")
                client.delete(f"{PREDICTIONS}{deleted['id']}/")
                assert kept["id"]
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    wait_until(lambda: Prediction.objects.count() >= 10, within_s=30)
    count = write_backup(tmp_path / "all.tar")
    stop.set()
    for thread in threads:
        thread.join()

    restore_backup(tmp_path / "all.tar", tmp_path / "new")
    assert count >= 8  # of ten rows, each thread may be about to delete one
    assert rows_and_files(tmp_path / "new") == (count, [])


def test_a_photo_deleted_meanwhile_is_not_a_row_either(
    api_client: APIClient, serving: ModelVersion, tmp_path: Path
) -> None:
    send(api_client)
    gone = Prediction.objects.get(pk=send(api_client, "blue")["id"])
    gone.remove_files()

    assert write_backup(tmp_path / "all.tar") == 1


def test_the_secret_stays_its_owners(home: Path, tmp_path: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "secret_key").write_text("hush")
    write_backup(tmp_path / "all.tar")

    restore_backup(tmp_path / "all.tar", tmp_path / "new")

    assert (tmp_path / "new/secret_key").read_text() == "hush"
    assert (tmp_path / "new/secret_key").stat().st_mode & 0o077 == 0


def test_nothing_is_overwritten(api_client: APIClient, tmp_path: Path) -> None:
    write_backup(tmp_path / "all.tar")
    restore_backup(tmp_path / "all.tar", tmp_path / "new")

    with pytest.raises(BackupError, match="exists"):
        restore_backup(tmp_path / "all.tar", tmp_path / "new")


@pytest.mark.parametrize("content", [b"", b"no tar at all"])
def test_what_is_no_backup_is_refused_and_leaves_nothing(db: None, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "all.tar").write_bytes(content)

    with pytest.raises(BackupError, match="no whole backup"):
        restore_backup(tmp_path / "all.tar", tmp_path / "new")

    assert list((tmp_path / "new").iterdir()) == []


def test_a_file_that_points_outside_is_refused(db: None, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "all.tar", "w") as archive:
        (tmp_path / "evil").write_text("x")
        archive.add(tmp_path / "evil", "../evil-too")

    with pytest.raises(BackupError):
        restore_backup(tmp_path / "all.tar", tmp_path / "new")

    assert not (tmp_path / "evil-too").exists()


def test_a_backup_that_cannot_be_written_says_why(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("backup", tmp_path / "missing/all.tar")
