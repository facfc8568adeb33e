"""The database of a backup, in the ways of each kind: a snapshot of what is served, and back."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.db import connection

from classifier.process.fsync import sync
from classifier.storage.backup.errors import BackupError

ENTRIES = {"sqlite": "db.sqlite3", "postgresql": "database.dump"}
"""The database's file in the tar, by the kind of database."""
FILES = "SELECT id, image, thumbnail FROM classifier_prediction"

Row = tuple[UUID, str, str]
"""A prediction's id, and the names of its two files in the storage."""


class Database(Protocol):
    """The database that the settings name."""

    def snapshot(self, file: Path) -> AbstractContextManager[Iterable[Row]]:
        """Writes the database as it is at one moment to a new file; within, gives the predictions of that moment."""

    def files(self) -> list[Path]:
        """Those of the database that are there."""

    def check_empty(self) -> None:
        """Raises BackupError, with what to type next, when there is something that is no file."""

    def restored(self, file: Path) -> AbstractContextManager[None]:
        """Within, queries go to the database from that file, which is served afterwards.

        What is raised within leaves nothing of it. Raises BackupError when it is damaged.
        """


class SQLite:
    """A file, with a journal in two others beside it while it is used, or after a crash."""

    @property
    def path(self) -> Path:
        return Path(connection.settings_dict["NAME"])

    @contextmanager
    def snapshot(self, file: Path) -> Iterator[Iterable[Row]]:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        with closing(sqlite3.connect(file)) as rows:
            yield ((UUID(key), image, thumbnail) for key, image, thumbnail in rows.execute(FILES))

    def files(self) -> list[Path]:
        """A database is all of them: a journal that is left is read into whatever database lies beside it."""
        files = [self.path.with_name(self.path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]
        return [file for file in files if file.exists() or file.is_symlink()]

    def check_empty(self) -> None:
        pass

    @contextmanager
    def restored(self, file: Path) -> Iterator[None]:
        with connected_to(file):
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check(3)")
                found = [text for (text,) in cursor.fetchall()]
            if found != ["ok"]:
                raise BackupError(f"Its database is damaged: {'; '.join(found)}.")
            yield
        shutil.move(file, self.path)
        sync(self.path)
        sync(self.path.parent)


@contextmanager
def connected_to(name: Path | str) -> Iterator[None]:
    """Within, the default connection of all threads is to another database of the same kind: for commands alone."""
    settings = connection.settings_dict
    before = settings["NAME"]
    connection.close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = before


def served_database() -> Database:
    """The one that the settings name. Raises BackupError for a kind that cannot be backed up."""
    if connection.vendor == "sqlite":
        return SQLite()
    raise BackupError("Only SQLite is backed up here. For PostgreSQL use pg_dump first, then copy DATA_DIR.")
