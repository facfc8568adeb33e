"""Whether what a client sends or reads comes on: a fast beginning buys no silence later, and drips no hours."""

from classifier.server.limits import Limits


class Pace:
    """A transfer, looked at about every second, by the bytes that have passed since it began."""

    def __init__(self, now: float, limits: Limits) -> None:
        self._limits = limits
        self._began_at = self._moved_at = self._window_at = now
        self._passed = self._passed_before_window = 0

    def is_too_slow(self, now: float, passed: int, *, patience_s: float) -> bool:
        """Whether it is silent, drips, or takes longer altogether than so many bytes may."""
        limits = self._limits
        if passed != self._passed:
            self._passed, self._moved_at = passed, now
        is_silent = now - self._moved_at > limits.idle_timeout_s
        is_late = passed < (now - self._began_at - patience_s) * limits.average_bytes_per_s
        return is_silent or is_late or self._drips(now, passed)

    def _drips(self, now: float, passed: int) -> bool:
        """Whether too little passed in the last whole window."""
        window_s = now - self._window_at
        if window_s < self._limits.rate_window_s:
            return False
        passed_in_window = passed - self._passed_before_window
        self._window_at, self._passed_before_window = now, passed
        return passed_in_window < window_s * self._limits.min_bytes_per_s
