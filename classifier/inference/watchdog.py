"""Whether the network still answers: how long it has been at it, and whether it failed the last time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class InferenceWatchdog:
    """Knows of every inference under way; used from many threads, each touching a key of its own."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[object, float] = {}
        self._failed = False

    @contextmanager
    def running(self) -> Iterator[None]:
        key = object()
        self._since[key] = self._clock()
        try:
            yield
        except BaseException:
            self._failed = True
            raise
        else:
            self._failed = False
        finally:
            del self._since[key]

    def problem(self, *, timeout_s: float) -> str:
        """What is wrong, in words; empty when all is well."""
        longest_s = max((self._clock() - since for since in tuple(self._since.values())), default=0.0)
        if longest_s > timeout_s:
            return f"The model has been at one photo for {longest_s:.0f} s."
        return "The model failed at the last photo." if self._failed else ""
