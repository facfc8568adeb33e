"""The database of a backup, whatever its kind: a snapshot of what is served, and back."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.db import connection

from classifier.storage.connections import close_pool

ENTRIES = {"sqlite": "db.sqlite3", "postgresql": "database.dump"}
"""The database's file in the tar, by the kind of database."""

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


@contextmanager
def connected_to(name: Path | str) -> Iterator[None]:
    """Within, the default connection of all threads is to another database of the same kind: for commands alone."""
    settings = connection.settings_dict
    before = settings["NAME"]
    close_pool()
    settings["NAME"] = name
    try:
        yield
    finally:
        close_pool()
        settings["NAME"] = before
