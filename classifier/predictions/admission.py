"""Admission: how many photos may be in progress and queued at once, so that memory stays bounded."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from classifier import metrics
from classifier.conf import conf
from classifier.errors import AbandonedError, BusyError

RECHECK_S = 1.0
"""How often a queued photo checks whether one in progress has become stuck."""


def always() -> bool:
    return True


class Gate:
    """Lets `max_concurrent_photos` in, queues `max_waiting_photos` and refuses the others.

    A photo in progress for longer than `inference_timeout_s` is stuck, and no longer counts as in progress.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._changed = threading.Condition()
        self._clock = clock
        self._entered: dict[object, float] = {}
        self._waiting = 0
        self._queues: list[Callable[[], int]] = []

    @contextmanager
    def entered(self, *, is_waiting: Callable[[], bool] = always) -> Iterator[None]:
        """Lets a photo in, now or after queueing.

        Raises BusyError at once when too many are queued, or after `queue_timeout_s`; AbandonedError when nobody
        waits for the response any more when its turn comes.
        """
        ticket = self._enter()
        try:
            if not is_waiting():
                raise AbandonedError
            yield
        finally:
            with self._changed:
                del self._entered[ticket]
                self._changed.notify()

    @contextmanager
    def counting(self, queue: Callable[[], int]) -> Iterator[None]:
        """Adds a queue in front of the gate to `queued`: the server has its own."""
        self._queues.append(queue)
        try:
            yield
        finally:
            self._queues.remove(queue)

    @property
    def in_progress(self) -> int:
        return len(self._entered)

    @property
    def queued(self) -> int:
        return self._waiting + sum(count() for count in self._queues)

    @property
    def stuck(self) -> int:
        """How many have been in progress for so long that they no longer count."""
        return len(self._entered) - self._count_not_stuck()

    def _enter(self) -> object:
        ticket = object()
        with self._changed:
            if not self._is_open() and self._waiting >= conf.max_waiting_photos:
                raise BusyError
            self._waiting += 1
            try:
                self._wait()
            finally:
                self._waiting -= 1
            self._entered[ticket] = self._clock()
        return ticket

    def _wait(self) -> None:
        until = self._clock() + conf.queue_timeout_s
        while not self._is_open():
            left_s = until - self._clock()
            if left_s <= 0:
                raise BusyError
            self._changed.wait(min(left_s, RECHECK_S))

    def _is_open(self) -> bool:
        return self._count_not_stuck() < conf.max_concurrent_photos

    def _count_not_stuck(self) -> int:
        stuck_before = self._clock() - conf.inference_timeout_s
        return sum(since > stuck_before for since in tuple(self._entered.values()))


gate = Gate()
metrics.track_photos(in_progress=lambda: gate.in_progress, queued=lambda: gate.queued)
