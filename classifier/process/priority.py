"""Which threads go first when all cores are busy."""

import os
import sys
import threading

NICENESS = 10


def lower_thread_priority() -> None:
    """Lets this thread, and those it starts, wait for all others; on Linux, where each has a priority of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
