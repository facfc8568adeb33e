"""A new database of the kind that the tests run on, without a table."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def empty_database(folder: Path) -> Iterator[Path | str]:
    """Gives its name for `connected_to`; an SQLite one lies in the folder, and is made when it is connected to."""
    if connection.vendor == "sqlite":
        yield folder / "db.sqlite3"
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE another")
    try:
        yield "another"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE another")
