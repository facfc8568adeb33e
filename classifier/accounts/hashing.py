"""Hashing of passwords: slow on purpose, so it is done by few threads, at a low priority, and accounts take turns."""

import os
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from classifier.errors import PasswordsBusyError
from classifier.process.priority import Priority, lower_thread_priority
from classifier.process.turns import Turns, has_share

THREADS = max(1, min(2, (os.cpu_count() or 1) // 2))
"""Half of a small machine; on a larger one, more than people who sign in will ever need."""
MAX_QUEUED = 48
"""About ten seconds of work. One account gets half of it, and whoever waits holds a thread of the server."""
TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A password to hash."""

    account: Hashable
    hash: Callable[[], str]
    result: "Future[str]" = field(default_factory=Future)


class HashingPool:
    """Threads that hash, and the queue before them."""

    def __init__(self, *, threads: int = THREADS, max_queued: int = MAX_QUEUED, timeout_s: float = TIMEOUT_S) -> None:
        self._lock = threading.Lock()
        self._turns: Turns[Job] = Turns()
        self._max_queued = max_queued
        self._timeout_s = timeout_s
        self._threads = ThreadPoolExecutor(threads, "hashing", lower_thread_priority, (Priority.PASSWORDS,))

    @property
    def waiting(self) -> int:
        """How many threads wait for their hash."""
        with self._lock:
            return len(self._turns) + self._turns.held

    def run(self, account: Hashable, hash_password: Callable[[], str]) -> str:
        """The hash. Raises PasswordsBusyError when the account has its share of the queue, or it takes too long."""
        job = Job(account, hash_password)
        with self._lock:
            if not has_share(self._turns.count_queued(account), free=self._max_queued - len(self._turns)):
                raise PasswordsBusyError
            self._turns.append(account, job)
        self._threads.submit(self._run_next)
        try:
            return job.result.result(self._timeout_s)
        except TimeoutError as error:
            with self._lock:
                self._turns.pop_where(lambda queued: queued is job)
            raise PasswordsBusyError from error

    def _run_next(self) -> None:
        with self._lock:
            job = self._turns.begin()
        if job is None:  # it has waited too long
            return
        try:
            job.result.set_result(job.hash())
        except BaseException as error:  # whoever waits raises it
            job.result.set_exception(error)
        finally:
            with self._lock:
                self._turns.end(job.account)


pool = HashingPool()


class PooledHasher(PBKDF2PasswordHasher):
    """Django's own, in the pool: whoever checks or sets a password passes here, the admin's pages too.

    The salt tells accounts apart when a password is checked.
    """

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Raises PasswordsBusyError."""
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            connection.close()  # back to the pool: others need it more than somebody who waits for a hash
        return pool.run(salt, lambda: super(PooledHasher, self).encode(password, salt, iterations))
