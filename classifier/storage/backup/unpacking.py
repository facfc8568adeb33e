"""Takes a tar apart: what belongs to a backup is written, what does not is named, what would do harm is refused."""

import lzma
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from classifier.storage.backup import manifest
from classifier.storage.backup.databases import ENTRIES
from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.packing import MEDIA, MODELS
from classifier.storage.seals import mode_of

DAMAGED = (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, ValueError, RecursionError)
"""What a file that is no whole tar, or no whole compressed one, raises."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A folder with the files of a backup."""

    folder: Path
    manifest: manifest.Manifest
    ignored: tuple[str, ...]
    """What else was in the tar."""

    @property
    def database(self) -> Path:
        return self.folder / ENTRIES[self.manifest.database]

    @property
    def media(self) -> Path:
        return self.folder / MEDIA

    @property
    def models(self) -> Path:
        return self.folder / MODELS


def unpack(source: Path, folder: Path) -> Unpacked:
    """Unpacks a tar into a folder. Raises BackupError for one that is damaged, hostile or no backup, and OSError."""
    ignored: set[str] = set()
    try:
        with tarfile.open(source) as archive:
            for entry in archive:
                _check_inside(entry, folder)
                if _belongs(PurePosixPath(entry.name), is_folder=entry.isdir()):
                    _extract(archive, entry, folder)
                else:
                    ignored.add(_shown(entry.name))
    except DAMAGED as error:
        (said, *_) = str(error).splitlines() or [type(error).__name__]
        raise BackupError(f"It is no whole backup ({said.rstrip(':')}).") from error
    return Unpacked(folder, _manifest(folder), tuple(sorted(ignored)))


def _manifest(folder: Path) -> manifest.Manifest:
    path = folder / manifest.NAME
    if not path.is_file():
        raise BackupError(f"It is no whole backup: it was cut off, or is something else ({path.name} is missing).")
    read = manifest.Manifest.read(path.read_text(encoding="utf-8", errors="replace"))
    if not (folder / ENTRIES.get(read.database, "")).is_file():
        raise BackupError("It is no whole backup: its database is missing.")
    return read


def _check_inside(entry: tarfile.TarInfo, folder: Path) -> None:
    """Python's own filter is missing before 3.11.4. Raises TarError for anything but a file or folder in `folder`."""
    place = (folder / entry.name).resolve()
    if not (entry.isfile() or entry.isdir()) or not place.is_relative_to(folder.resolve()):
        raise tarfile.TarError(f"{entry.name} is not a file of a backup")


def _belongs(name: PurePosixPath, *, is_folder: bool) -> bool:
    """Of a folder of media/ whose name begins with a dot, such as a trash, nothing does."""
    match name.parts:
        case ("media" | "models",):
            return is_folder
        case (only,):
            return not is_folder and only in {manifest.NAME, *ENTRIES.values()}
        case ("media", within, *deeper):
            return not within.startswith(".") or not (is_folder or deeper)
        case ("models", *_):
            return True
    return False


def _extract(archive: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    """Photos are for whom they were for when the server stored them."""
    archive.extract(entry, folder, set_attrs=False)
    if entry.isfile():
        (folder / entry.name).chmod(mode_of(sealed=False) if entry.name.startswith(f"{MEDIA}/") else 0o644)


def _shown(name: str) -> str:
    """The file, or the folder that all of its kind lie in."""
    parts = PurePosixPath(name).parts
    return "/".join(parts[: 2 if parts[:1] == (MEDIA,) else 1])
