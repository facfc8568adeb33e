"""What is certain to be on the disk."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Returns when a file's bytes, or the names in a folder, would survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
