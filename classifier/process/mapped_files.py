"""Memory-mapped files: finds them and gives their pages back to the operating system."""

import ctypes
import mmap
import os
from collections.abc import Iterable
from pathlib import Path

_MAPS = Path("/proc/self/maps")
Mapping = tuple[int, int]
"""The first address, and the one after the last."""


def mappings_of(path: Path) -> frozenset[Mapping]:
    """The read-only mappings of a file in this process; none on other systems than Linux."""
    lines = _MAPS.read_bytes().split(b"\n") if _MAPS.exists() else []
    columns = [line.split(maxsplit=5) for line in lines if line.endswith(b" " + os.fsencode(path))]
    return frozenset(_parse(addresses) for addresses, permissions, *_ in columns if b"w" not in permissions)


def release_pages(mappings: Iterable[Mapping]) -> None:
    """Removes their pages from this process' memory; pages that are used again are read from the file.

    Only for mappings that still exist: anything else at these addresses would be erased.
    """
    for start, end in mappings:
        ctypes.CDLL(None).madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), mmap.MADV_DONTNEED)


def _parse(addresses: bytes) -> Mapping:
    start, end = (int(address, 16) for address in addresses.split(b"-"))
    return start, end
