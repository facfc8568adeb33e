"""Locks of a whole server: what one process does, no other one does at the same time, on whichever machine it is."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

CLASS_ID = 0x706963  # of PostgreSQL's advisory locks: others in the same database have another one


@contextmanager
def held(name: str) -> Iterator[bool]:
    """Within, whether this process has the lock of that name; it waits for none. However a process ends, its lock goes.

    In PostgreSQL, the lock belongs to this thread's connection, so keep that open within. SQLite serves one machine,
    and there the lock is a file in DATA_DIR. Raises DatabaseError or OSError.
    """
    with _in_postgresql(name) if connection.vendor == "postgresql" else _in_a_file(name) as is_held:
        yield is_held


@contextmanager
def _in_postgresql(name: str) -> Iterator[bool]:
    is_held = _ask("pg_try_advisory_lock", name)
    try:
        yield is_held
    finally:
        if is_held:
            _unlock(name)


def _unlock(name: str) -> None:
    """A connection that is broken, or in a failed transaction, is closed, and the lock goes with it."""
    try:
        _ask("pg_advisory_unlock", name)
    except Exception:
        if connection.connection is not None:
            connection.connection.close()
        connection.close()


def _ask(function: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, hashtext(%s))", [CLASS_ID, name])
        return bool(cursor.fetchone()[0])


@contextmanager
def _in_a_file(name: str) -> Iterator[bool]:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f".{name}.lock", "w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
