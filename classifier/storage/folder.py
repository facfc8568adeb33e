"""The files in the folder of the photos, and the rows they belong to."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from classifier.conf import conf
from classifier.models import Prediction
from classifier.storage.pages import batches
from classifier.storage.photos import folder_storage
from classifier.storage.seals import is_sealed

FOLDERS = ("photos", "thumbnails")
EXAMPLES = 10


@dataclass(slots=True)
class Orphans:
    """How many files there are that are too old to be in flight, and how many of them no row names."""

    files: int = 0
    orphans: int = 0
    sealed: int = 0
    """Orphans that once had a row."""
    unsealed: int = 0
    """Files with a row that do not show it."""
    examples: list[str] = field(default_factory=list)


def media_folder() -> Path | None:
    """The folder of the photos; None where the storage is none."""
    storage = folder_storage()
    return Path(storage.location) if storage else None


def count_orphans(media: Path) -> Orphans:
    """Looks at every file and asks the database about each. Raises OSError."""
    found = Orphans()
    for path, row in files_with_rows(media):
        found.files += 1
        try:
            sealed = is_sealed(path)
        except FileNotFoundError:  # deleted meanwhile
            continue
        if row is not None:
            found.unsealed += not sealed
            continue
        found.orphans += 1
        found.sealed += sealed
        found.examples += [name_of(path, media)] if len(found.examples) < EXAMPLES else []
    return found


def files_with_rows(media: Path) -> Iterator[tuple[Path, Prediction | None]]:
    """Every file that is too old to be in flight, with its row."""
    for batch in batches(_old_files(media)):
        rows = rows_of(batch)
        yield from ((path, rows.get(path)) for path in batch)


def name_of(path: Path, folder: Path) -> str:
    """What the storage calls a file."""
    return path.relative_to(folder).as_posix()


def has_files(media: Path) -> bool:
    return next(_files(media), None) is not None


def rows_of(paths: Iterable[Path]) -> dict[Path, Prediction]:
    """The row that each file belongs to, by the id in its name; files without one are not in it."""
    keys = {path: key for path in paths if (key := _key_of(path))}
    rows = Prediction.objects.only("image", "thumbnail", "photo_lost").in_bulk(set(keys.values()))
    return {path: rows[key] for path, key in keys.items() if key in rows}


def _files(media: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in (media / folder).glob("*/*") if path.is_file())


def _old_files(media: Path) -> Iterator[Path]:
    """Those that have been there for longer than any upload takes."""
    before = time.time() - conf.upload_lease_s
    for path in _files(media):
        try:
            if path.stat().st_mtime < before:
                yield path
        except FileNotFoundError:
            continue


def _key_of(path: Path) -> UUID | None:
    """The prediction a file belongs to; None for what is no prediction's."""
    try:
        return UUID(path.stem)
    except ValueError:
        return None
