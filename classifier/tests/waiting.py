"""Waiting for what another thread or process does, where nothing says when it is done."""

import time
from collections.abc import Callable


def wait_until(is_true: Callable[[], bool], *, within_s: float = 5) -> None:
    """Looks again and again; fails when it is not true in time."""
    deadline = time.monotonic() + within_s
    while not is_true():
        assert time.monotonic() < deadline, f"it was not so within {within_s:g} s"
        time.sleep(0.01)
