"""Whether the network still works: how long its inferences have been running, and whether the last one failed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from classifier.errors import BusyError, ModelUnavailableError

FAILED = "The last inference failed."
UNREACHABLE = "The remote server that runs the model does not answer."


class InferenceWatchdog:
    """Knows every running inference. Many threads use it at once, each with a key of its own."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[object, float] = {}
        self._failure = ""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Put around an inference."""
        key = object()
        self._since[key] = self._clock()
        try:
            yield
        except BusyError:  # the network works: on other photos
            raise
        except BaseException as error:
            self.failed(error)
            raise
        else:
            self._failure = ""
        finally:
            del self._since[key]

    def problem(self, *, timeout_s: float) -> str:
        """What is wrong, as a sentence; empty when nothing is."""
        longest_s = max((self._clock() - since for since in tuple(self._since.values())), default=0.0)
        if longest_s > timeout_s:
            return f"An inference has been running for {longest_s:.0f} s."
        return self._failure

    def failed(self, error: BaseException) -> None:
        """Notes what an inference failed with; the next that succeeds makes it forgotten."""
        self._failure = UNREACHABLE if isinstance(error, ModelUnavailableError) else FAILED
