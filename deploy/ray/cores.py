"""Replicas that keep to a core each, so that they share a machine without getting in each other's way."""

import os
from pathlib import Path


def keep_to_core(rank: int) -> None:
    """Keeps this process, with the threads it has and will have, to the core of its rank among those allowed."""
    cores = sorted(os.sched_getaffinity(0))
    core = {cores[rank % len(cores)]}
    for thread in Path("/proc/self/task").iterdir():
        os.sched_setaffinity(int(thread.name), core)
