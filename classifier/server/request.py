"""A request that is being received, by its deadlines and within the room that bodies may have."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver

from classifier.errors import ClassifierError, NoLongerSignedInError, NotSignedInError
from classifier.server.bodies import SMALL_BYTES, BodyDisk, BodyMemory
from classifier.server.framing import framing_problem
from classifier.server.identity import Credentials, Sender, credentials_of, sender_without_account
from classifier.server.limits import Limits
from classifier.server.pace import Pace
from classifier.storage.local import refusal_of


@dataclass(frozen=True, slots=True)
class Places:
    """Where bodies may wait."""

    memory: BodyMemory
    disk: BodyDisk


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
        remembered: Callable[[Sender, Credentials], Sender | None],
        places: Places,
    ) -> None:
        super().__init__(adj)
        self.began_at = time.monotonic()
        self.sender = Sender(peer)
        """The account or address; that of a request without a body is looked for in memory alone."""
        self.credentials = Credentials()
        self._peer = peer
        self._limits = limits
        self._early_refusal = early_refusal
        self._remembered = remembered
        self._places = places
        self._pace = Pace(self.began_at, limits)
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
            self.refuse(refusal_of(error))
            consumed = len(data)
        if self.headers_finished and not self._are_headers_checked:
            self._are_headers_checked = True
            consumed = self._check_headers(data, consumed)
        elif not self.completed and self._is_too_large_for_strangers(self.body_bytes_received):
            self.refuse(self._not_signed_in())
            consumed = len(data)
        if self.error or self.completed:
            self.expect_continue = False  # or waitress would ask for a body that it refuses, or that there is not
        return consumed

    def identified(self, sender: Sender) -> bytes:
        """Goes on, or refuses the request; returns what was received of its body meanwhile, to be received again."""
        self.is_identifying = False
        self.sender = sender
        self.expect_continue = self.headers.get("EXPECT", "").lower() == "100-continue" and self.version == "1.1"
        held, self._held = self._held, b""
        return b"" if self._is_refused_early() else held

    def refuse(self, error: ClassifierError) -> None:
        """Has the server answer with this error, at once."""
        self.is_body_read = self.completed
        self.error, self.completed = error, True

    def is_stalled(self, now: float) -> bool:
        """Whether headers or body come too slowly to be anything but an attack or a dead connection."""
        limits = self._limits
        if not self.headers_finished:
            return now - self.began_at > limits.header_timeout_s
        if self.completed or self.is_identifying:
            return False
        patience_s = limits.anonymous_patience_s if self.sender.account is None else limits.patience_s
        return self._pace.is_too_slow(now, self.body_bytes_received, patience_s=patience_s)

    @property
    def expected_bytes(self) -> int:
        """How large the body will be; the most that is allowed when it does not say."""
        if not self.chunked:
            return int(self.content_length)
        return self._limits.max_anonymous_body_bytes if self._is_stranger else int(self.adj.max_request_body_size)

    def parse_header(self, header_plus: bytes) -> None:
        """Raises waitress' errors."""
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # of Python: a number of thousands of digits, an address with half a bracket
            raise ParsingError(str(error)) from error
        self._framing_problem = framing_problem(header_plus, self.headers, self.version)

    def _check_headers(self, data: bytes, consumed: int) -> int:
        """Gives the body its place, or refuses it before it comes; how much of `data` is done with."""
        self.sender = sender_without_account(self.headers, self._peer)
        if self._framing_problem and not self.error:
            self.refuse(self._framing_problem)
            self.is_body_read = False
        if self.error:
            return len(data)
        self._is_whole = self.completed or 0 < self.content_length <= len(data) - consumed
        self.credentials = credentials_of(self.headers)
        known = self._remembered(self.sender, self.credentials)
        if known is None and not self.completed:
            self.is_identifying, self.expect_continue = True, False
            return consumed
        self.sender = known or self.sender
        return len(data) if self._is_refused_early() else consumed

    def _is_refused_early(self) -> bool:
        """Whether the body is refused before it is received; else it has a place now."""
        error = None if self._is_whole else self._early_refusal_by_sender()
        error = error or self._place_body()
        if error is not None:
            self.refuse(error)
        return error is not None

    def _early_refusal_by_sender(self) -> ClassifierError | None:
        is_too_large = self._is_too_large_for_strangers(self.content_length)
        return self._not_signed_in() if is_too_large else self._early_refusal(self)

    def _not_signed_in(self) -> ClassifierError:
        return NoLongerSignedInError() if self.credentials else NotSignedInError()

    def _is_too_large_for_strangers(self, size_bytes: int) -> bool:
        return self._is_stranger and size_bytes > self._limits.max_anonymous_body_bytes

    @property
    def _is_stranger(self) -> bool:
        return self.sender.account is None and self.sender.is_checked

    def _place_body(self) -> ClassifierError | None:
        """In memory while there is room, for an ordinary body; on the disk for all others, if that has room."""
        if self.body_rcv is None:
            return None
        is_ordinary = isinstance(self.body_rcv, FixedStreamReceiver)
        in_memory = is_ordinary and self._places.memory.reserve(self)
        self.body_rcv.getbuf().overflow = self.content_length + 1 if in_memory else SMALL_BYTES
        return None if in_memory else self._places.disk.refusal(self)
