"""What of a tar is written, and what is not."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.manifest import Manifest
from classifier.storage.backup.unpacking import unpack


def tar_of(path: Path, *entries: tarfile.TarInfo, names: tuple[str, ...] = ()) -> Path:
    """A backup with other entries before its own."""
    manifest = Manifest(created_at="", predictions=0).write()
    with tarfile.open(path, "w") as archive:
        for entry in entries:
            archive.addfile(entry, io.BytesIO(bytes(entry.size)))
        for name, content in [*((name, "x") for name in names), ("db.sqlite3", "x"), ("backup.json", manifest)]:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content.encode()))
    return path


def file(name: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = 5
    return entry


def special(name: str, type: bytes, target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = type, target
    return entry


@pytest.mark.parametrize(
    "make",
    [
        lambda outside: file("../evil"),
        lambda outside: file("media/../../evil"),
        lambda outside: file(f"{outside}/evil"),
        lambda outside: special("media/photos/link", tarfile.SYMTYPE, str(outside)),
        lambda outside: special("models/m", tarfile.SYMTYPE, "../.."),
        lambda outside: special("media/photos/hard", tarfile.LNKTYPE, "db.sqlite3"),
        lambda outside: special("media/photos/pipe", tarfile.FIFOTYPE),
        lambda outside: special("media/photos/disk", tarfile.BLKTYPE),
        lambda outside: special("media/photos/terminal", tarfile.CHRTYPE),
    ],
)
def test_what_would_do_harm_is_refused(tmp_path: Path, make: Callable[[Path], tarfile.TarInfo]) -> None:
    (tmp_path / "in").mkdir()

    with pytest.raises(BackupError, match="is not a file of a backup"):
        unpack(tar_of(tmp_path / "all.tar", make(tmp_path)), tmp_path / "in")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.tar", "in"]


def test_what_is_no_part_of_a_backup_is_named_and_not_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    foreign = ("evil.txt", "db.sqlite3-wal", "etc/passwd", "media/.trash/2026-01-31/a.jpg")
    names = (*foreign, "media/.mark", "media/photos/1/a.jpg")

    unpacked = unpack(tar_of(tmp_path / "all.tar", names=names), tmp_path / "in")

    assert unpacked.ignored == ("db.sqlite3-wal", "etc", "evil.txt", "media/.trash")
    written = {str(path.relative_to(tmp_path / "in")) for path in (tmp_path / "in").rglob("*") if path.is_file()}
    assert written == {"db.sqlite3", "backup.json", "media/.mark", "media/photos/1/a.jpg"}


def test_its_folders_may_be_named_themselves(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folders = [special(name, tarfile.DIRTYPE) for name in ("media", "media/photos", "models", "models/m")]

    unpacked = unpack(tar_of(tmp_path / "all.tar", *folders), tmp_path / "in")

    assert unpacked.ignored == ()
    assert (unpacked.models / "m").is_dir()


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\x1f\x8b\x08nonsense", b"BZh9nonsense", bytes(10240)])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "all.tar").write_bytes(content)

    with pytest.raises(BackupError, match=r"^It is no whole backup.*\.$"):
        unpack(tmp_path / "all.tar", tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.tar"):
        unpack(tmp_path / "missing.tar", tmp_path)


@pytest.mark.parametrize("name", ["db.sqlite3", "backup.json"])
def test_a_backup_without_a_part_is_refused(tmp_path: Path, name: str) -> None:
    with tarfile.open(tar_of(tmp_path / "all.tar")) as old, tarfile.open(tmp_path / "other.tar", "w") as new:
        for entry in old:
            if entry.name != name:
                new.addfile(entry, old.extractfile(entry))
    (tmp_path / "in").mkdir()

    with pytest.raises(BackupError, match="no whole backup"):
        unpack(tmp_path / "other.tar", tmp_path / "in")
