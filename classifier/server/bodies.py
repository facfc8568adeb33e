"""Where bodies wait while they come and until they are answered: in memory while there is room, else on the disk."""

import shutil
import tempfile
from collections.abc import Iterator
from typing import Protocol
from weakref import WeakSet

from django.conf import settings

from classifier.conf import conf
from classifier.errors import BusyError, ClassifierError, StorageFullError
from classifier.server.identity import Sender

SMALL_BYTES = 16 * 1024
"""What any body may have in memory, however much the others have."""
ACCOUNT_SHARE, STRANGERS_SHARE = 4, 8
"""One account may have a quarter of the room on the disk; all that are no account together an eighth."""


class Body(Protocol):
    """A request with a body that is not there yet; it has its place for as long as the request exists."""

    sender: Sender
    body_bytes_received: int

    @property
    def expected_bytes(self) -> int: ...


class BodyMemory:
    """How much memory the bodies of all requests have: at most `max_bytes` together."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bodies: WeakSet[Body] = WeakSet()

    @property
    def used_bytes(self) -> int:
        return sum(body.expected_bytes for body in self._bodies)

    def reserve(self, body: Body) -> bool:
        """Whether there is room for this body."""
        size_bytes = body.expected_bytes
        is_small = size_bytes <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        has_room: bool = is_small and self.used_bytes + size_bytes <= self._max_bytes
        if has_room:
            self._bodies.add(body)
        return has_room


class BodyDisk:
    """How much of the temporary folder they have: at most `max_bytes`, and never what must stay free."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bodies: WeakSet[Body] = WeakSet()

    @property
    def used_bytes(self) -> int:
        return sum(body.expected_bytes for body in self._bodies)

    def refusal(self, body: Body) -> ClassifierError | None:
        """Why there is no room for this body; None when it has its place now."""
        size_bytes = body.expected_bytes
        if size_bytes <= SMALL_BYTES:
            return None
        used = sum(other.expected_bytes for other in self._alike(body.sender))
        share = STRANGERS_SHARE if body.sender.account is None else ACCOUNT_SHARE
        if used + size_bytes > self._max_bytes / share or self.used_bytes + size_bytes > self._max_bytes:
            return BusyError()
        if self._free_bytes() - size_bytes < conf.min_free_bytes:
            return StorageFullError()
        self._bodies.add(body)
        return None

    def _alike(self, sender: Sender) -> Iterator[Body]:
        """Those of the same account, or of all strangers."""
        return (body for body in self._bodies if body.sender.account == sender.account)

    def _free_bytes(self) -> int:
        """What is free in the temporary folder, without what is still to come."""
        coming = sum(max(0, body.expected_bytes - body.body_bytes_received) for body in self._bodies)
        return shutil.disk_usage(tempfile.gettempdir()).free - coming
