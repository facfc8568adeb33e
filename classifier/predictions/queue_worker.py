"""A thread that works off what is queued in the database."""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections

LOOKED_EVERY_S = 60.0


class QueueWorker:
    """Takes one step after the other, in one thread of this process at a time, until nothing is left.

    `step` says whether nothing is left. What it raises is logged with `failure`; whoever starts it next goes on there.
    """

    def __init__(self, step: Callable[[], bool], *, name: str, failure: str, logger: logging.Logger) -> None:
        self._step, self._name, self._failure, self._logger = step, name, failure, logger
        self._working = threading.Lock()

    def work_in_background(self) -> None:
        """Works off the queue in a background thread, unless one is at it; what an earlier run left is included."""
        threading.Thread(target=self._work, name=self._name, daemon=True).start()

    def follow_in_background(self, *, pause: Callable[[float], object] = threading.Event().wait) -> None:
        """Does so from now on, whichever process queues: each minute it is looked for jobs."""

        def follow() -> None:
            while True:
                self._work()
                pause(LOOKED_EVERY_S)

        threading.Thread(target=follow, name=self._name, daemon=True).start()

    def _work(self) -> None:
        """Lets go between two steps, so that what is queued at the end of one is never missed."""
        while self._working.acquire(blocking=False):
            try:
                is_done = self._step()
            except Exception:  # a database or a runtime may raise anything
                self._logger.exception(self._failure)
                is_done = True
            finally:
                self._working.release()
                close_old_connections()
            if is_done:
                return
