"""Which database is backed up, or restored to: the one that the settings name."""

from django.db import connection

from classifier.storage.backup.databases import Database
from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.postgresql import PostgreSQL
from classifier.storage.backup.sqlite import SQLite

KINDS: dict[str, type[Database]] = {"sqlite": SQLite, "postgresql": PostgreSQL}


def served_database() -> Database:
    """Raises BackupError for a kind that cannot be backed up."""
    if connection.vendor not in KINDS:
        raise BackupError(f"{connection.display_name} is not backed up here: {' and '.join(KINDS)} are.")
    return KINDS[connection.vendor]()
