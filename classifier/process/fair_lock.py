"""A lock that its threads get in the order in which they asked for it."""

import threading
from collections import deque


class FairLock:
    """Whoever lets go of it hands it to who has waited longest: Python's own lock may pass somebody over for ever.

    It belongs to no thread: another one may let go of it.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._is_held = False
        self._waiting: deque[threading.Lock] = deque()

    @property
    def waiting(self) -> int:
        """How many threads wait for it."""
        return len(self._waiting)

    def acquire(self, *, timeout_s: float) -> bool:
        """Whether it was got in that time."""
        with self._mutex:
            if not self._is_held:
                self._is_held = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            is_got = turn.acquire(timeout=timeout_s)
        except BaseException:  # Ctrl-C
            if not self._gave_up(turn):
                self.release()
            raise
        return is_got or not self._gave_up(turn)

    def _gave_up(self, turn: threading.Lock) -> bool:
        """Whether it left the line; else it was handed the lock at this very moment."""
        with self._mutex:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return True
            return False

    def release(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_held = False
