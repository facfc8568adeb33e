"""What the database says of its disk."""

import sqlite3

from django.db import OperationalError

from classifier.errors import DatabaseBusyError, RetryableError, StorageFullError, StorageUnavailableError

SQLITE_BROKEN = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
SQLITE_WRONG = sqlite3.SQLITE_ERROR
"""A statement that SQLite cannot carry out, however often it is told to."""
SQLITE_PRIMARY = 0xFF
"""The part of SQLite's error codes that says which kind an error is; the rest says where it happened."""
POSTGRESQL_DISK_FULL, POSTGRESQL_BROKEN = "53100", {"58030", "25006"}
"""PostgreSQL's codes: no room; an input or output error, a server that only reads."""


def refusal_of_database(error: OperationalError) -> StorageFullError | RetryableError | None:
    """What a client is told when the database cannot do what it should, by the code that its driver gives.

    None for a bug: trying again is no help.
    """
    if is_disk_full(error):
        return StorageFullError()
    cause = error.__cause__
    if _sqlite_code(cause) == SQLITE_WRONG:
        return None
    broken = _sqlite_code(cause) in SQLITE_BROKEN or getattr(cause, "sqlstate", None) in POSTGRESQL_BROKEN
    return StorageUnavailableError() if broken else DatabaseBusyError()


def is_disk_full(error: OperationalError) -> bool:
    cause = error.__cause__
    return _sqlite_code(cause) == sqlite3.SQLITE_FULL or getattr(cause, "sqlstate", None) == POSTGRESQL_DISK_FULL


def _sqlite_code(cause: BaseException | None) -> int:
    return (getattr(cause, "sqlite_errorcode", None) or 0) & SQLITE_PRIMARY
