"""Thread priorities: which threads run first when all cores are busy."""

import os
import sys
import threading

NICENESS_ADDED, LOWEST_PRIORITY = 10, 19


def lower_thread_priority(*, by: int = NICENESS_ADDED) -> None:
    """Lowers the priority of this thread and of those it starts, below all others of the process.

    Linux only, where each thread has its own priority; elsewhere this does nothing.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        niceness = os.getpriority(os.PRIO_PROCESS, thread) + by
        os.setpriority(os.PRIO_PROCESS, thread, min(niceness, LOWEST_PRIORITY))
