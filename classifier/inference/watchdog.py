"""Whether the network still works: how long its inferences have been running, and whether the last one failed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class InferenceWatchdog:
    """Knows every running inference. Many threads use it at once, each with a key of its own."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[object, float] = {}
        self._failed = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Put around an inference."""
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
        """What is wrong, as a sentence; empty when nothing is."""
        longest_s = max((self._clock() - since for since in tuple(self._since.values())), default=0.0)
        if longest_s > timeout_s:
            return f"An inference has been running for {longest_s:.0f} s."
        return "The last inference failed." if self._failed else ""
