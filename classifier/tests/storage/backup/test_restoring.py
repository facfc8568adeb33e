"""A server from a backup: whole, checked, and nowhere near what is there already."""

import json
import sqlite3
import tarfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from rest_framework.test import APIClient

from classifier.models import IdempotencyKey, ModelVersion, Prediction, PreviousPrediction, StorageUse
from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.writing import write_backup
from classifier.storage.removal import remove_files
from classifier.storage.s3 import PrivateS3Storage
from classifier.tests.examples import jpeg
from classifier.tests.storage.backup.conftest import Place, files_of_at_most, send
from classifier_project.storages import storage

pytestmark = pytest.mark.django_db(transaction=True)
sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="about the files of SQLite")


def change(tar: Path, to: Path, *, change: Mapping[str, bytes | None]) -> Path:
    """A copy of a backup in which files have another content, or are missing."""
    with tarfile.open(tar) as old, tarfile.open(to, "w") as new:
        for entry in old:
            content = change.get(entry.name, b"")
            if entry.name not in change:
                new.addfile(entry, old.extractfile(entry))
            elif content is not None:
                (to.parent / "content").write_bytes(content)
                new.add(to.parent / "content", entry.name)
    return to


def files_in(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def tar(api_client: APIClient, serving: ModelVersion, tmp_path: Path) -> Path:
    """A backup of two predictions."""
    send(api_client)
    send(api_client, "blue")
    return write_backup(tmp_path / "all.tar").path


def test_what_was_backed_up_is_back(tar: Path, user: User, home: Path, place: Place) -> None:
    stored = Prediction.objects.order_by("created_at").first()

    restored = place.restore(tar)

    assert (restored.manifest.restored, restored.ignored) == (2, ())
    assert files_in(place.data_dir / "media") == files_in(home / "media")
    assert place.without_files() == (2, 0)
    assert stored is not None
    photo = place.data_dir / "media" / str(stored.image.name)
    assert photo.read_bytes() == jpeg("red")
    assert photo.stat().st_mode & 0o077 == 0
    with place.connected():
        assert Prediction.objects.get(pk=stored.pk).owner == user
        assert StorageUse.objects.get(owner=user).photos == 2
    expected = {"media", *(["db.sqlite3"] if connection.vendor == "sqlite" else [])}
    assert {path.name for path in place.data_dir.iterdir()} == expected


def test_quotas_count_what_is_there(tar: Path, user: User, place: Place, tmp_path: Path) -> None:
    StorageUse.objects.filter(owner=user).update(photos=133, byte_size=5)

    place.restore(write_backup(tmp_path / "wrong.tar").path)

    with place.connected():
        use = StorageUse.objects.get(owner=user)
        assert (use.photos, use.byte_size) == (2, 2 * len(jpeg()))


@sqlite_only
@pytest.mark.parametrize(
    "name", ["db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "media/photos/1/a.jpg", "models/m/model.xml"]
)
def test_whatever_is_in_the_way_is_named_with_the_next_command(tar: Path, place: Place, name: str) -> None:
    (place.data_dir / name).parent.mkdir(parents=True)
    (place.data_dir / name).write_text("precious")
    (place.data_dir.parent / "new.before").mkdir()

    with pytest.raises(BackupError) as refused:
        place.restore(tar)

    in_the_way = place.data_dir / ("/".join(Path(name).parts[:1]))
    assert f"{in_the_way}" in str(refused.value)
    assert f"mv {place.data_dir} {place.data_dir}.before1" in str(refused.value)
    assert f"DATA_DIR={place.data_dir}.restored manage.py restore {tar}" in str(refused.value)
    assert [path for path in place.data_dir.rglob("*") if path.is_file()] == [place.data_dir / name]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about a database that is no file")
def test_a_database_with_tables_is_in_the_way(tar: Path, place: Place) -> None:
    with place.connected(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebodys (id int)")

    name = place.database
    with pytest.raises(BackupError, match=rf"database {name}, with 1 tables\.\n.*\n  createdb {name}_restored"):
        place.restore(tar)

    assert list(place.data_dir.glob("*")) == []


def test_empty_folders_are_not_in_the_way(tar: Path, place: Place) -> None:
    (place.data_dir / "media").mkdir(parents=True)
    (place.data_dir / "models").mkdir()

    place.restore(tar)

    assert place.without_files() == (2, 0)


def test_the_secret_key_that_is_there_stays(tar: Path, place: Place, tmp_path: Path) -> None:
    place.data_dir.mkdir()
    (place.data_dir / "secret_key").write_text("mine")
    with tarfile.open(tar, "a") as archive:
        (tmp_path / "secret_key").write_text("another's")
        archive.add(tmp_path / "secret_key", "secret_key")

    restored = place.restore(tar)

    assert (place.data_dir / "secret_key").read_text() == "mine"
    assert restored.ignored == ("secret_key",)


def test_a_backup_that_is_not_there_is_named(place: Place, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"missing\.tar cannot be restored\. Nothing was changed\. .*No such file"):
        place.restore(tmp_path / "missing.tar")

    assert place.is_empty()


def test_nobody_is_told_to_make_room_for_a_backup_that_is_not_there(place: Place, tmp_path: Path) -> None:
    (place.data_dir / "media").mkdir(parents=True)
    (place.data_dir / "media/photo.jpg").write_bytes(b"mine")

    with pytest.raises(BackupError) as refused:
        place.restore(tmp_path / "missing.tar")

    assert "No such file" in str(refused.value)
    assert "mv " not in str(refused.value)


@pytest.mark.parametrize("part", [0, 0.0001, 0.05, 0.3, 0.5, 0.9, 1])
def test_a_backup_that_was_cut_off_leaves_nothing(tar: Path, place: Place, part: float) -> None:
    with tarfile.open(tar) as archive:
        end = archive.getmember("backup.json").offset
    tar.write_bytes(tar.read_bytes()[: int(part * end)])

    with pytest.raises(BackupError, match="no whole backup"):
        place.restore(tar)

    assert place.is_empty()


@sqlite_only
def test_a_disk_that_is_full_leaves_nothing(tar: Path, place: Place) -> None:
    with files_of_at_most(100_000), pytest.raises(BackupError, match="Nothing was changed"):
        place.restore(tar)

    assert place.is_empty()


@pytest.mark.parametrize("what", ["a photo is missing", "a photo is too much", "a database of another moment"])
def test_what_does_not_match_its_own_figures_leaves_nothing(tar: Path, place: Place, what: str) -> None:
    with tarfile.open(tar) as archive:
        photo = next(name for name in archive.getnames() if name.startswith("media/photos/"))
        manifest = json.load(archive.extractfile("backup.json"))  # type: ignore[arg-type]
    if what == "a photo is missing":
        other = change(tar, tar.with_name("other.tar"), change={photo: None})
    elif what == "a photo is too much":
        manifest["files"] -= 1
        other = change(tar, tar.with_name("other.tar"), change={"backup.json": json.dumps(manifest).encode()})
    else:
        manifest["predictions"] += 1
        other = change(tar, tar.with_name("other.tar"), change={"backup.json": json.dumps(manifest).encode()})

    with pytest.raises(BackupError, match=r"damaged: .* should be"):
        place.restore(other)

    assert place.is_empty()


def test_a_damaged_database_leaves_nothing(tar: Path, place: Place) -> None:
    name = "db.sqlite3" if connection.vendor == "sqlite" else "database.dump"
    with tarfile.open(tar) as archive:
        content = archive.extractfile(name).read()  # type: ignore[union-attr]
    middle = len(content) // 2
    broken = content[: middle - 3000] + bytes(6000) + content[middle + 3000 :]

    with pytest.raises(BackupError, match="cannot be restored"):
        place.restore(change(tar, tar.with_name("broken.tar"), change={name: broken}))

    assert place.is_empty()


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b"null", b'{"format": 2}', b'{"format": "x"}', b"\xff\xfe"])
def test_a_manifest_that_says_nothing_leaves_nothing(tar: Path, place: Place, manifest: bytes) -> None:
    with pytest.raises(BackupError, match="cannot be restored"):
        place.restore(change(tar, tar.with_name("broken.tar"), change={"backup.json": manifest}))

    assert place.is_empty()


def test_a_backup_of_a_newer_version_is_not_restored_by_this_one(tar: Path, place: Place) -> None:
    newer = json.dumps({"format": 3, "version": "9.0.0"}).encode()

    with pytest.raises(BackupError, match=r"version 9\.0\.0"):
        place.restore(change(tar, tar.with_name("newer.tar"), change={"backup.json": newer}))


@sqlite_only
def test_migrations_that_this_version_does_not_know_are_named(tar: Path, place: Place, tmp_path: Path) -> None:
    newer = edited(tar, "INSERT INTO django_migrations (app, name, applied) VALUES ('classifier', '0999_later', '')")

    with pytest.raises(BackupError, match="0999_later"):
        place.restore(newer)

    assert place.is_empty()


@sqlite_only
def test_a_row_that_leads_nowhere_leaves_nothing(tar: Path, place: Place) -> None:
    with pytest.raises(BackupError, match="cannot be restored"):
        place.restore(edited(tar, "UPDATE classifier_prediction SET owner_id = 999"))

    assert place.is_empty()


@sqlite_only
def test_a_backup_of_version_0_1_0_is_restored_with_what_it_got_wrong(
    tar: Path, user: User, serving: ModelVersion, place: Place, tmp_path: Path
) -> None:
    gone = Prediction.objects.latest("created_at")
    PreviousPrediction.objects.create(prediction=gone, label="x", probability=1, top=[], model_version=serving)
    tar = write_backup(tar, overwrite=True).path
    old = {"format": 1, "created_at": "2026-11-26T00:00:00+00:00", "predictions": 1}
    without_row = edited(tar, f"DELETE FROM classifier_prediction WHERE id = '{gone.pk.hex}'", manifest=old)
    files = {f"media/{name}": None for name in (gone.image.name, gone.thumbnail.name)}

    restored = place.restore(change(without_row, tmp_path / "old.tar", change=files))

    assert restored.manifest.version == "0.1.0"
    assert place.without_files() == (1, 0)
    with place.connected():
        assert StorageUse.objects.get(owner=user).photos == 1
        assert not PreviousPrediction.objects.exists()
        connection.check_constraints()


def test_a_backup_of_another_kind_of_database_says_what_to_set(tar: Path, place: Place) -> None:
    kind, entry = ("postgresql", "database.dump") if connection.vendor == "sqlite" else ("sqlite", "db.sqlite3")
    with tarfile.open(tar) as archive:
        manifest = json.load(archive.extractfile("backup.json"))  # type: ignore[arg-type]
    with tarfile.open(tar, "a") as archive:
        (tar.parent / entry).write_text("x")
        archive.add(tar.parent / entry, entry)
    other = {"backup.json": json.dumps({**manifest, "database": kind}).encode()}

    with pytest.raises(BackupError, match="DATABASE_URL"):
        place.restore(change(tar, tar.with_name("other.tar"), change=other))

    assert place.is_empty()


def test_what_belonged_to_a_deleted_photo_is_not_back(
    tar: Path, user: User, serving: ModelVersion, place: Place
) -> None:
    gone = Prediction.objects.latest("created_at")
    PreviousPrediction.objects.create(prediction=gone, label="x", probability=1, top=[], model_version=serving)
    IdempotencyKey.objects.create(owner=user, key="k", sha256="", prediction=gone)
    remove_files(gone.file_names)
    manifest = write_backup(tar, overwrite=True).manifest
    with tarfile.open(tar) as archive:
        facts = json.load(archive.extractfile("backup.json"))  # type: ignore[arg-type]
    deleted = {"backup.json": json.dumps({**facts, "deleted": [str(gone.pk)]}).encode()}

    place.restore(change(tar, tar.with_name("other.tar"), change=deleted))

    assert manifest.lost == 1
    assert place.without_files() == (1, 0)
    with place.connected():
        assert not PreviousPrediction.objects.exists()
        assert not IdempotencyKey.objects.exists()


def edited(tar: Path, sql: str, *, manifest: object = None) -> Path:
    """A copy of a backup in whose database something was done."""
    with tarfile.open(tar) as archive:
        archive.extract("db.sqlite3", tar.parent)
    with closing(sqlite3.connect(tar.parent / "db.sqlite3")) as database:
        database.execute(sql)
        database.commit()
    changed: dict[str, bytes | None] = {"db.sqlite3": (tar.parent / "db.sqlite3").read_bytes()}
    if manifest:
        changed["backup.json"] = json.dumps(manifest).encode()
    return change(tar, tar.with_name("edited.tar"), change=changed)


def test_photos_of_a_bucket_are_backed_up_and_restored_to_a_folder(
    bucket: PrivateS3Storage, api_client: APIClient, serving: ModelVersion, place: Place, tmp_path: Path
) -> None:
    send(api_client)
    write_backup(tmp_path / "photos.tar")

    with pytest.raises(BackupError, match="leave STORAGE_URL out"):
        place.restore(tmp_path / "photos.tar")
    assert place.is_empty()

    with override_settings(STORAGES={**settings.STORAGES, "default": storage("")}):
        place.restore(tmp_path / "photos.tar")
        assert place.without_files() == (1, 0)
