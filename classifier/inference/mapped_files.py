"""Files that a library has mapped into this process, and reads no more."""

import ctypes
import mmap
from pathlib import Path

_MAPS = Path("/proc/self/maps")


def let_go(path: Path) -> None:
    """Takes the pages of a mapped file out of this process' memory; if they are needed after all, they are read again.

    On Linux; elsewhere they stay.
    """
    if not _MAPS.exists():
        return
    madvise = ctypes.CDLL(None).madvise
    for line in _MAPS.read_text().splitlines():
        addresses, permissions, *rest = line.split(maxsplit=5)
        if rest[-1] == str(path) and "w" not in permissions:
            start, end = (int(address, 16) for address in addresses.split("-"))
            madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), mmap.MADV_DONTNEED)
