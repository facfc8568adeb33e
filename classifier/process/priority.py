"""Thread priorities: which threads run first when all cores are busy."""

import os
import sys
import threading
from enum import IntEnum

LOWEST_NICENESS = 19


class Priority(IntEnum):
    """What is added to the niceness of threads that others go before, the first of them first.

    A network's threads need Python's lock for nothing, but whoever has it keeps all others from it: a photo's thread
    that waited for a processor behind a network, with the lock, left a third of a core idle.
    """

    PHOTOS = 5
    PASSWORDS = 10
    NETWORKS = 15
    LOWEST = LOWEST_NICENESS


def lower_thread_priority(by: Priority) -> None:
    """Lowers the priority of this thread and of those it starts.

    Linux only, where each thread has its own priority; elsewhere this does nothing.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        niceness = os.getpriority(os.PRIO_PROCESS, thread) + by
        os.setpriority(os.PRIO_PROCESS, thread, min(niceness, LOWEST_NICENESS))
