"""A circuit breaker: after several failures in a row, nobody waits for a server that will not answer either."""

import math
import threading
import time
from collections.abc import Callable

from classifier.errors import ModelUnavailableError

FAILURES_TO_OPEN = 5
OPEN_S = 5.0
"""How long calls are refused before one is let through to try."""


class CircuitBreaker:
    """Closed while calls succeed; open after `FAILURES_TO_OPEN` failures in a row. Many threads use it at once."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0

    def admit(self) -> None:
        """Call it before each call. Raises ModelUnavailableError, with the time until the next trial, while open."""
        with self._lock:
            if self._failures < FAILURES_TO_OPEN:
                return
            left_s = self._open_until - self._clock()
            if left_s > 0:
                raise ModelUnavailableError(retry_after_s=math.ceil(left_s))
            self._open_until = self._clock() + OPEN_S  # this call is the trial, the others wait for what it finds

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._open_until = self._clock() + OPEN_S
