"""Where bodies wait while they come and until they are answered: in memory while there is room, else on the disk."""

import shutil
import tempfile
from collections import Counter, deque
from typing import Protocol
from weakref import WeakSet, finalize

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


class Reserved:
    """The bytes that bodies have, in all and for each account; whoever is gone has none.

    Kept as sums: to add them up for each of thousands of bodies would take all of the select loop's time. Used by that
    loop alone, though a body may go in any thread.
    """

    def __init__(self) -> None:
        self.bodies: WeakSet[Body] = WeakSet()
        self._total = 0
        self._of_account: Counter[int | None] = Counter()
        self._gone: deque[tuple[int | None, int]] = deque()

    def add(self, body: Body) -> None:
        account, size_bytes = body.sender.account, body.expected_bytes
        self.bodies.add(body)
        self._count(account, size_bytes)
        finalize(body, self._gone.append, (account, size_bytes)).atexit = False

    @property
    def total(self) -> int:
        self._forget_gone()
        return self._total

    def of(self, sender: Sender) -> int:
        """What the same account has, or all strangers together."""
        self._forget_gone()
        return self._of_account[sender.account]

    def _forget_gone(self) -> None:
        while self._gone:
            account, size_bytes = self._gone.popleft()
            self._count(account, -size_bytes)

    def _count(self, account: int | None, size_bytes: int) -> None:
        self._total += size_bytes
        self._of_account[account] += size_bytes
        if not self._of_account[account]:
            del self._of_account[account]


class BodyMemory:
    """How much memory the bodies of all requests have: at most `max_bytes` together."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._reserved = Reserved()

    @property
    def used_bytes(self) -> int:
        return self._reserved.total

    def reserve(self, body: Body) -> bool:
        """Whether there is room for this body."""
        size_bytes = body.expected_bytes
        is_small = size_bytes <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        has_room: bool = is_small and self.used_bytes + size_bytes <= self._max_bytes
        if has_room:
            self._reserved.add(body)
        return has_room


class BodyDisk:
    """How much of the temporary folder they have: at most `max_bytes`, and never what must stay free."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._reserved = Reserved()

    @property
    def used_bytes(self) -> int:
        return self._reserved.total

    def refusal(self, body: Body) -> ClassifierError | None:
        """Why there is no room for this body; None when it has its place now."""
        size_bytes = body.expected_bytes
        if size_bytes <= SMALL_BYTES:
            return None
        share = STRANGERS_SHARE if body.sender.account is None else ACCOUNT_SHARE
        has_share = self._reserved.of(body.sender) + size_bytes <= self._max_bytes / share
        if not has_share or self.used_bytes + size_bytes > self._max_bytes:
            return BusyError()
        if not self._is_free(size_bytes):
            return StorageFullError()
        self._reserved.add(body)
        return None

    def _is_free(self, size_bytes: int) -> bool:
        """Whether the temporary folder has so much room, beside what is still to come; looked at closely when tight."""
        free = shutil.disk_usage(tempfile.gettempdir()).free - size_bytes - conf.min_free_bytes
        return free >= self.used_bytes or free >= self._coming_bytes()

    def _coming_bytes(self) -> int:
        return sum(max(0, body.expected_bytes - body.body_bytes_received) for body in self._reserved.bodies)
