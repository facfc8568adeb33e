"""Commits that need not survive a power cut: nobody waits for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def unsynced() -> Iterator[None]:
    """What is committed within outlives the process; a power cut may undo it, until the next other commit.

    SQLite's alone, which else holds up all who write until the disk has it; within a transaction it changes nothing.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _set_synchronous("NORMAL")
    try:
        yield
    finally:
        try:
            _set_synchronous("FULL")
        except BaseException:
            connection.close()  # the next one is opened as the settings say
            raise


def _set_synchronous(level: str) -> None:
    """At the driver itself: Django would make a cursor for it, and every upload passes here twice."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.execute(f"PRAGMA synchronous={level}")
