"""What the process does with its memory: large photos' goes back to the system, ordinary ones' is used again."""

import ctypes
import gc
import os
from pathlib import Path

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""The names of glibc's settings, in malloc.h."""
LARGE_BYTES = 4 * 1024 * 1024
"""More than an ordinary photo's pixels once decoded: to fetch memory anew for each costs a tenth of its time."""
SPARE_BYTES = 8 * 1024 * 1024
"""What may be kept for the next photos."""
ARENAS = 1


def limit_malloc_cache() -> None:
    """Lets glibc keep `SPARE_BYTES` of what is freed, and no more; other systems' allocators are left as they are.

    By itself it learns from large pictures to keep memory for more of them, in an arena for each of many threads.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    for name, value in ((_MMAP_THRESHOLD, LARGE_BYTES), (_TRIM_THRESHOLD, SPARE_BYTES), (_ARENA_MAX, ARENAS)):
        mallopt(name, value)


def release_freed_memory() -> None:
    """Gives what is freed back to the system, with glibc; other systems' allocators are left as they are."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def resident_bytes() -> int:
    """How much of the process is in memory; 0 where the system does not tell as Linux does."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def freeze_garbage_collector() -> None:
    """Spares the garbage collector what was made until now: it would look through all of it, and find nothing."""
    gc.collect()
    gc.freeze()
