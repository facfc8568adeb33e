"""Durability: makes sure that what was written is on the disk."""

import os
from pathlib import Path


def sync(path: Path | str) -> None:
    """Flushes a file's bytes, or the names in a folder, to the disk: when it returns, they survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
