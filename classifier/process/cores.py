"""The processor's cores, as far as this process may use them."""

import os


def usable_cores() -> int:
    """Fewer than the machine's in a container, or when the process is pinned."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
