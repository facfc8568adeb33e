"""A new database of the kind that the tests run on, without a table."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import connection


@contextmanager
def empty_database(folder: Path) -> Iterator[Path | str]:
    """Gives its name for `connected_to`; an SQLite one lies in the folder, and is made when it is connected to."""
    if connection.vendor == "sqlite":
        yield folder / "db.sqlite3"
        return
    name = f"another_{uuid4().hex}"  # tests run beside each other
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")
