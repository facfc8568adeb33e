"""A disk without room, said in one way wherever something is written."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from classifier.errors import StorageFullError

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def disk_full_is_ours() -> Iterator[None]:
    """Raises StorageFullError for a write that found no room."""
    try:
        yield
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        raise StorageFullError("The server has no room for this photo. Send it again later.") from error
