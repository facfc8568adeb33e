"""Files that a library has mapped into this process, and reads no more."""

import ctypes
import mmap
import os
from collections.abc import Iterable
from pathlib import Path

_MAPS = Path("/proc/self/maps")
Mapping = tuple[int, int]
"""Where it starts and where it ends."""


def mappings_of(path: Path) -> frozenset[Mapping]:
    """Where this process has mapped a file to read it; nowhere on other systems than Linux."""
    lines = _MAPS.read_bytes().split(b"\n") if _MAPS.exists() else []
    columns = [line.split(maxsplit=5) for line in lines if line.endswith(b" " + os.fsencode(path))]
    return frozenset(_span(addresses) for addresses, permissions, *_ in columns if b"w" not in permissions)


def release_pages(mappings: Iterable[Mapping]) -> None:
    """Takes their pages out of this process' memory; if they are needed after all, they are read again.

    Only for mappings that are certain to be there still: whatever else has taken their place would be wiped out.
    """
    for start, end in mappings:
        ctypes.CDLL(None).madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), mmap.MADV_DONTNEED)


def _span(addresses: bytes) -> Mapping:
    start, end = (int(address, 16) for address in addresses.split(b"-"))
    return start, end
