"""Locks that somebody else holds."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from classifier.storage.locks import held


@contextmanager
def held_elsewhere(name: str) -> Iterator[None]:
    """Another process has the lock: for PostgreSQL, another connection; this one could take its own lock again."""
    is_over, is_held = threading.Event(), threading.Event()

    def hold() -> None:
        with held(name):
            is_held.set()
            is_over.wait(60)
        connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    assert is_held.wait(60)
    try:
        yield
    finally:
        is_over.set()
        other.join()
