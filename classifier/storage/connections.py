"""The end of a served SQLite database: its journal is written back, and every thread's connection is closed."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from django.db import DatabaseError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

CLOSE_WITHIN_S = 2.0
"""How long the end waits for threads that are still at a query or in a transaction."""
logger = logging.getLogger(__name__)
_inherited: list[Any] = []


@contextmanager
def closed_at_the_end() -> Iterator[None]:
    """Leaves an SQLite database as one file: what is committed is in it, and no journal lies beside it.

    SQLite removes the journal with the last connection, and threads keep theirs open. So all connections that are
    opened within are known and closed afterwards, whichever thread they belong to, and threads that go on get no
    others. One that its thread does not let go of in time stays open: nothing is lost, but the journal stays, too.
    """
    opened = _Opened()
    connection_created.connect(opened.add, weak=False)  # it is needed for as long as there are other threads
    try:
        yield
    finally:
        opened.refuse_other_threads()
        if not connection.in_atomic_block:
            _write_journal_back()
            close_pool()
        opened.close(within_s=CLOSE_WITHIN_S)


def close_pool() -> None:
    """Closes this thread's connection, and with PostgreSQL all that no thread has at the moment."""
    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's alone


def forget_in_children() -> None:
    """From now on, a process that is forked opens connections of its own, whatever its parent had open.

    What the parent opened is kept there, unused: closing it would end the parent's conversation.
    """
    os.register_at_fork(after_in_child=_forget_inherited)


def _forget_inherited() -> None:
    if connection.vendor != "postgresql":
        return
    pools: dict[str, Any] = connection._connection_pools  # type: ignore[attr-defined]
    _inherited.extend([*pools.values(), connection.connection])
    pools.clear()
    connection.connection = None


class _Guard:
    """Around each query of a connection: it is not closed meanwhile, and no query begins once it is."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._is_closed = False

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        with self._lock:
            if self._is_closed:
                raise OperationalError("The server has ended.")
            return execute(*arguments)

    def close(self, connection: BaseDatabaseWrapper, *, deadline: float) -> bool:
        """Closes it unless its thread is at it until then; `deadline` is of `time.monotonic`."""
        while not self._try_to_close(connection, within_s=max(0.0, deadline - time.monotonic())):
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.01)
        return True

    def _try_to_close(self, connection: BaseDatabaseWrapper, *, within_s: float) -> bool:
        if not self._lock.acquire(timeout=within_s):
            return False
        try:
            if connection.in_atomic_block:
                return False
            self._is_closed = True
            connection.inc_thread_sharing()
            connection.close()
            return True
        finally:
            self._lock.release()


class _Opened:
    """The connections of all threads but the one that makes this."""

    def __init__(self) -> None:
        self._thread = threading.current_thread()
        self._lock = threading.Lock()
        self._guards: WeakKeyDictionary[BaseDatabaseWrapper, _Guard] = WeakKeyDictionary()
        self._refused: WeakSet[threading.Thread] = WeakSet()

    def add(self, connection: BaseDatabaseWrapper, **_: Any) -> None:
        """Receives each new connection. Raises OperationalError in a thread that is refused."""
        thread = threading.current_thread()
        if connection.vendor != "sqlite" or thread is self._thread:
            return
        if thread in self._refused:
            connection.close()
            raise OperationalError("The server has ended.")
        with self._lock:
            if connection not in self._guards:
                guard = self._guards[connection] = _Guard()
                connection.execute_wrappers.append(guard)

    def refuse_other_threads(self) -> None:
        """Those that there are open no other connection."""
        self._refused.update(thread for thread in threading.enumerate() if thread is not self._thread)

    def close(self, *, within_s: float) -> None:
        deadline = time.monotonic() + within_s
        with self._lock:
            guards = dict(self._guards)
        open_still = [guard for connection, guard in guards.items() if not guard.close(connection, deadline=deadline)]
        if open_still:
            logger.warning("%d connections to the database were in use until the end.", len(open_still))


def _write_journal_back() -> None:
    """Even while another process, or a thread that hangs, has the database open."""
    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {CLOSE_WITHIN_S * 1000:.0f}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (is_busy, *_) = cursor.fetchone()
    except DatabaseError as error:
        logger.warning("The journal of the database stays beside it, to be read at the next start: %s", error)
        return
    if is_busy:
        logger.warning("The journal of the database stays beside it: another process is at work in it.")
