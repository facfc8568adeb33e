"""The file in the folder of the photos that says which database it belongs to; without it, the disk is not there."""

import os
from pathlib import Path
from uuid import UUID

from classifier.errors import StorageUnavailableError
from classifier.process.fsync import sync

NAME = ".database-id"


def is_marked(folder: str | os.PathLike[str]) -> bool:
    """Whether the folder has a marker, whatever is in it. Raises OSError when the disk does not say."""
    try:
        os.stat(f"{os.fspath(folder)}/{NAME}")
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def check_marked(folder: str | os.PathLike[str]) -> None:
    """Raises StorageUnavailableError for a folder without a marker, such as the place of a disk that is not mounted."""
    try:
        if is_marked(folder):
            return
    except OSError as error:
        raise StorageUnavailableError from error
    raise StorageUnavailableError


def read_marker(folder: Path) -> UUID | None:
    """The key in the folder's marker; None without one, or when it is damaged. Raises OSError."""
    try:
        return UUID((folder / NAME).read_text(encoding="ascii", errors="replace").strip())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def write_marker(folder: Path, key: UUID) -> None:
    """Marks a folder, which is made if it is missing: the old marker stays until the new one is on the disk.

    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{NAME}.new"
    written.write_text(f"{key}\n", encoding="ascii")
    sync(written)
    os.replace(written, folder / NAME)
    sync(folder)
    sync(folder.parent)
