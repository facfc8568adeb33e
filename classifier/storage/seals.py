"""A photo's file is writable until its row is committed, and read-only from then on.

So a file without a row tells what it is: what a crash left of an upload is writable; a read-only one was somebody's
photo, and the database that knew it is not the one that is asked.
"""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from classifier.conf import conf
from classifier.storage.photos import folder_storage

SEALED, UNSEALED, FOR_THE_GROUP = 0o400, 0o600, 0o040


def mode_of(*, sealed: bool) -> int:
    """Who may do what with a photo's file: its owner alone, and where nginx sends the photos, its group may read."""
    return (SEALED if sealed else UNSEALED) | (FOR_THE_GROUP if conf.x_accel_prefix else 0)


def seal(names: Iterable[str]) -> None:
    """Call it when the row that names the files is committed. What fails is made good by the next sweep."""
    _change(names, mode_of(sealed=True))


def unseal(names: Iterable[str]) -> None:
    """Call it before the row is deleted, so that a crash afterwards leaves nothing that looks like a lost row."""
    _change(names, mode_of(sealed=False))


def is_sealed(path: Path) -> bool:
    """Raises OSError."""
    return not path.stat().st_mode & stat.S_IWUSR


def _change(names: Iterable[str], mode: int) -> None:
    storage = folder_storage()
    if storage is not None:
        for name in filter(None, names):
            with suppress(OSError):
                os.chmod(storage.path(name), mode)
