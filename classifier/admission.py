"""How many photos may be in work and waiting at once, so that memory stays bounded."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from classifier.conf import conf
from classifier.errors import BusyError

RETRY_AFTER_S = 2


class Gate:
    """Lets `max_concurrent_photos` in; `max_waiting_photos` wait at the door, the rest is turned away."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._working = 0
        self._waiting = 0

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Raises BusyError at once when too many wait, or after `queue_timeout_s` of waiting."""
        self._enter()
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1
                self._changed.notify()

    @property
    def in_work(self) -> int:
        return self._working

    @property
    def waiting(self) -> int:
        return self._waiting

    def _enter(self) -> None:
        with self._changed:
            if not self._is_open() and self._waiting >= conf.max_waiting_photos:
                raise self._busy()
            self._waiting += 1
            try:
                if not self._changed.wait_for(self._is_open, timeout=conf.queue_timeout_s):
                    raise self._busy()
            finally:
                self._waiting -= 1
            self._working += 1

    def _is_open(self) -> bool:
        return self._working < conf.max_concurrent_photos

    def _busy(self) -> BusyError:
        return BusyError("The server is busy with other photos. Send this one again soon.", retry_after_s=RETRY_AFTER_S)


gate = Gate()
