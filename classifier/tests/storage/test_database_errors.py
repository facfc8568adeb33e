"""What clients are told of the database's disk, from errors that SQLite and PostgreSQL's driver really raise."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError
from psycopg import errors as postgresql

from classifier.errors import DatabaseBusyError, StorageFullError, StorageUnavailableError
from classifier.storage.database_errors import refusal_of_database


def raised_by(database: str, *statements: str) -> sqlite3.Error:
    try:
        with closing(sqlite3.connect(database, uri=True, timeout=0)) as connection:
            for statement in statements:
                connection.execute(statement)
    except sqlite3.Error as error:
        return error
    raise AssertionError("nothing was raised")


def told(cause: Exception) -> type[object]:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return type(refusal_of_database(error))


def test_a_full_disk(tmp_path: Path) -> None:
    statements = ("PRAGMA max_page_count = 2", "CREATE TABLE filler AS SELECT zeroblob(100000) AS data")

    assert told(raised_by(f"file:{tmp_path}/db", *statements)) is StorageFullError


def test_a_disk_that_is_read_only(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "db").close()

    assert told(raised_by(f"file:{tmp_path}/db?mode=ro", "CREATE TABLE a (b)")) is StorageUnavailableError


def test_a_disk_that_is_not_there(tmp_path: Path) -> None:
    assert told(raised_by(f"file:{tmp_path}/no/such/db", "CREATE TABLE a (b)")) is StorageUnavailableError


def test_a_lock_that_is_held(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        assert told(raised_by(f"file:{tmp_path}/db", "CREATE TABLE a (b)")) is DatabaseBusyError


def test_a_statement_that_is_wrong_is_a_bug(tmp_path: Path) -> None:
    assert told(raised_by(f"file:{tmp_path}/db", "SELECT a FROM nothing")) is type(None)


@pytest.mark.parametrize(
    ("cause", "refusal"),
    [
        (postgresql.DiskFull(), StorageFullError),
        (postgresql.IoError(), StorageUnavailableError),
        (postgresql.ReadOnlySqlTransaction(), StorageUnavailableError),
        (postgresql.TooManyConnections(), DatabaseBusyError),
    ],
)
def test_what_postgresql_says(cause: Exception, refusal: type[Exception]) -> None:
    assert told(cause) is refusal


def test_an_error_without_a_cause_is_one_that_ends() -> None:
    assert type(refusal_of_database(OperationalError("gone"))) is DatabaseBusyError
