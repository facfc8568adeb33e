"""Memory that photos took goes back to the system when they are done."""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""The names of glibc's settings, in malloc.h."""
LARGE_BYTES = 512 * 1024
ARENAS = 2


def give_back_freed_memory() -> None:
    """Keeps glibc from holding on to what is freed; other systems' allocators are left as they are.

    By itself it learns from large pictures to keep memory for more of them, in an arena for each of many threads.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    for name, value in ((_MMAP_THRESHOLD, LARGE_BYTES), (_TRIM_THRESHOLD, LARGE_BYTES), (_ARENA_MAX, ARENAS)):
        mallopt(name, value)
