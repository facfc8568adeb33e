"""Which threads go first when all cores are busy."""

import os
import sys
import threading

NICENESS_ADDED, LOWEST_PRIORITY = 10, 19


def lower_thread_priority() -> None:
    """Lets all other threads of the process go before this one and those it starts.

    On Linux, where each thread has a priority of its own; elsewhere it does nothing.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        niceness = os.getpriority(os.PRIO_PROCESS, thread) + NICENESS_ADDED
        os.setpriority(os.PRIO_PROCESS, thread, min(niceness, LOWEST_PRIORITY))
