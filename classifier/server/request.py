"""A request that is being received, by its deadlines and within the memory that bodies may have."""

import time
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from django.conf import settings
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver

from classifier.errors import ClassifierError, NoLongerSignedInError, NotSignedInError, StorageFullError
from classifier.server.framing import framing_problem
from classifier.server.identity import Sender, credentials_of, sender_without_account
from classifier.server.limits import Limits
from classifier.storage.local import DISK_FULL

SMALL_BYTES = 16 * 1024
"""What any body may have in memory, however much the others have."""


class Request(HTTPRequestParser):  # type: ignore[misc]
    """One request; with an `error`, ours or waitress' own, it is refused instead of passed on.

    One with credentials and a body waits after its headers until `identified` says who sends it.
    """

    command = path = ""  # until its first line is understood
    error: Any
    completed: bool
    is_body_read = False
    """Whether all of it was received before it was refused."""
    is_identifying = False

    def __init__(
        self,
        adj: Adjustments,
        *,
        peer: str,
        limits: Limits,
        early_refusal: Callable[["Request"], ClassifierError | None],
        identify: "Identify",
        body_memory: "BodyMemory",
    ) -> None:
        super().__init__(adj)
        self.began_at = time.monotonic()
        self.sender = Sender(peer)
        """The account or address; that of a request without a body is looked for in memory alone."""
        self._peer = peer
        self._limits = limits
        self._early_refusal = early_refusal
        self._identify = identify
        self._body_memory = body_memory
        self._are_headers_checked = False
        self._is_whole = False
        self._held = b""
        self._framing_problem: ClassifierError | None = None

    def received(self, data: bytes) -> int:
        if self.is_identifying:
            self._held += data
            return len(data)
        try:
            consumed: int = super().received(data)
        except OSError as error:  # large bodies are put on the disk
            if error.errno not in DISK_FULL:
                raise
            self.refuse(StorageFullError())
            consumed = len(data)
        if self.headers_finished and not self._are_headers_checked:
            self._are_headers_checked = True
            consumed = self._check_headers(data, consumed)
        elif not self.completed and self._is_too_large_for_strangers(self.body_bytes_received):
            self.refuse(self._not_signed_in())
            consumed = len(data)
        if self.error:
            self.expect_continue = False  # or waitress would ask for the body that it refuses
        return consumed

    def identified(self, sender: Sender) -> bytes:
        """Goes on, or refuses the request; returns what was received of its body meanwhile, to be received again."""
        self.is_identifying = False
        self.sender = sender
        self.expect_continue = self.headers.get("EXPECT", "").lower() == "100-continue" and self.version == "1.1"
        held, self._held = self._held, b""
        return b"" if self._refused_early() else held

    def refuse(self, error: ClassifierError) -> None:
        """Has the server answer with this error, at once."""
        self.is_body_read = self.completed
        self.error, self.completed = error, True

    def is_stalled(self, now: float) -> bool:
        """Whether headers or body come too slowly to be anything but an attack or a dead connection."""
        age_s = now - self.began_at
        if not self.headers_finished:
            return age_s > self._limits.header_timeout_s
        expected = (age_s - self._limits.body_grace_s) * self._limits.min_body_bytes_per_s
        return not self.completed and self.body_bytes_received < expected

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        self._framing_problem = framing_problem(header_plus, self.headers, self.version)

    def _check_headers(self, data: bytes, consumed: int) -> int:
        """Gives the body its place, or refuses it before it comes; how much of `data` is done with."""
        self.sender = sender_without_account(self.headers, self._peer)
        if self._framing_problem and not self.error:
            self.refuse(self._framing_problem)
            self.is_body_read = False
        if self.error:
            return len(data)
        self._place_body()
        self._is_whole = self.completed or 0 < self.content_length <= len(data) - consumed
        known = self._identify(self)
        if known is None:
            self.is_identifying, self.expect_continue = True, False
            return consumed
        self.sender = known
        return len(data) if self._refused_early() else consumed

    def _refused_early(self) -> bool:
        if self._is_whole:
            return False
        is_too_large = self._is_too_large_for_strangers(self.content_length)
        error = self._not_signed_in() if is_too_large else self._early_refusal(self)
        if error is not None:
            self.refuse(error)
        return error is not None

    def _not_signed_in(self) -> ClassifierError:
        return NoLongerSignedInError() if credentials_of(self.headers) else NotSignedInError()

    def _is_too_large_for_strangers(self, size_bytes: int) -> bool:
        is_stranger = self.sender.account is None and self.sender.is_checked
        return is_stranger and size_bytes > self._limits.max_anonymous_body_bytes

    def _place_body(self) -> None:
        """In memory while there is room, for an ordinary body; on the disk for all others."""
        if self.body_rcv is None:
            return
        is_ordinary = isinstance(self.body_rcv, FixedStreamReceiver)
        in_memory = is_ordinary and self._body_memory.reserve(self)
        self.body_rcv.getbuf().overflow = self.content_length + 1 if in_memory else SMALL_BYTES


Identify = Callable[[Request], Sender | None]
"""The sender of a request as far as it is known without waiting; else None, and `identified` is called later."""


class BodyMemory:
    """How much memory the bodies of all requests have: at most `max_bytes` together."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._requests: WeakSet[Request] = WeakSet()

    @property
    def used_bytes(self) -> int:
        return sum(request.content_length for request in self._requests)

    def reserve(self, request: Request) -> bool:
        """Whether there is room for the body of this request; it has it for as long as the request exists."""
        size_bytes = request.content_length
        is_small = size_bytes <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        has_room: bool = is_small and self.used_bytes + size_bytes <= self._max_bytes
        if has_room:
            self._requests.add(request)
        return has_room
