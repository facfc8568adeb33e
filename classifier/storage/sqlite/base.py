"""Django's engine for SQLite, with a line of this process's threads before the one place at which SQLite writes.

SQLite lets one connection write at a time. Another one sleeps and asks again, after 1 ms, 2 ms, and at last each 100,
and whoever asks at the right moment goes first: of eight photos at once, each spent two fifths of its time asleep. Here
threads stand in line; to ask again and again is left for what other processes write.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from classifier.process.fair_lock import FairLock

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
line = FairLock()
"""Held by the connection of this process that writes."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that writes when its turn has come, in a transaction or by a single statement."""

    _has_turn = False

    def create_cursor(self, name: str | None = None) -> base.SQLiteCursorWrapper:
        if self.in_atomic_block:
            return cast("base.SQLiteCursorWrapper", super().create_cursor(name))
        cursor = cast("_SingleStatements", self.connection.cursor(factory=_SingleStatements))
        cursor.wrapper = self
        return cursor

    def set_autocommit(self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False) -> None:
        """Begins a transaction, which takes the write lock at once, when that is forced."""
        if not force_begin_transaction_with_broken_autocommit:
            super().set_autocommit(autocommit)
            return
        self.take_turn()
        try:
            super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit=True)
        except BaseException:
            self.end_turn()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        """Ends a transaction, also one whose commit Ctrl-C or a bug has interrupted: SQLite commits it here."""
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs leave it out
        finally:
            if autocommit:
                self.end_turn()

    def commit(self) -> None:
        super().commit()
        self.end_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            if not self.in_atomic_block:  # else it was refused, and the transaction goes on
                self.end_turn()

    def close(self) -> None:
        try:
            super().close()
        finally:
            if self.connection is None or self.closed_in_transaction:
                self.end_turn()

    def take_turn(self) -> None:
        """Waits for this connection's turn. Raises OperationalError, as SQLite does, when that takes too long.

        Each of the two waits for so long: a thread here for the others of its process, then SQLite for other processes.
        """
        if not line.acquire(timeout_s=self.settings_dict["OPTIONS"]["timeout"]):
            raise OperationalError("database is locked")
        self._has_turn = True

    def end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            line.release()


class _SingleStatements(base.SQLiteCursorWrapper):
    """For statements outside of a transaction, each of which is committed by itself; it may go on into one.

    SQLite commits a statement that returns rows when the last of them is fetched, so that they are all fetched at once.
    """

    wrapper: DatabaseWrapper
    _returned: "Iterator[Any] | None" = None
    """Rows of a statement that wrote."""

    def execute(self, query: str, params: Any = None) -> Any:
        self._returned = None
        if self.wrapper.in_atomic_block or not query.lstrip().startswith(WRITES):
            return super().execute(query, params)
        self.wrapper.take_turn()
        try:
            result = super().execute(query, params)
            if self.description is not None:
                self._returned = iter(super().fetchall())
            return result
        finally:
            self.wrapper.end_turn()

    def fetchone(self) -> Any:
        return super().fetchone() if self._returned is None else next(self._returned, None)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        return super().fetchmany(size) if self._returned is None else list(islice(self._returned, size))

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._returned is None else list(self._returned)

    def __iter__(self) -> Any:
        return super().__iter__() if self._returned is None else self._returned
