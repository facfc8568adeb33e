"""A client's connection: what comes in too slowly is cut, what cannot be accepted is told so as JSON."""

import json
import socket
import time
from collections.abc import Callable
from html import escape
from typing import Any
from weakref import WeakSet

import structlog
from django.conf import settings
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from waitress.task import ErrorTask, WSGITask

from classifier import metrics
from classifier.server.limits import Limits
from classifier.storage.local import DISK_FULL

LINGER_S = 15.0
"""How long what a refused client still sends is read, so that it gets to the answer instead of a broken connection."""
SMALL_BYTES = 16 * 1024
"""What any body may have in memory, whatever the others take."""
_DETAILS = {
    400: ("bad_request", "The request cannot be understood."),
    413: ("upload_too_large", "The request is larger than allowed. Send a smaller photo."),
    431: ("headers_too_large", "The request's headers are larger than allowed."),
    500: ("error", "The server failed. It is not your fault; try again later."),
    507: ("storage_full", "The server has no room for this photo. Send it again later."),
    503: ("busy", "The server is busy with other photos. Send this one again soon."),
}
logger = structlog.get_logger("classifier.requests")
_in_memory: "WeakSet[Request]" = WeakSet()
"""Requests whose bodies are."""


class StorageFull:
    """In the place of waitress' own errors of a request: no room on the disk for its body."""

    code = 507
    reason = "Insufficient Storage"


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request on its way in, with the time it has been on it."""

    command = path = ""  # until its first line is understood
    error: Any
    completed: bool

    def __init__(self, adj: Adjustments, *, limits: Limits, refusal: Callable[["Request"], object]) -> None:
        super().__init__(adj)
        self.began_at = time.monotonic()
        self._limits = limits
        self._refusal = refusal
        self._is_weighed = False

    def received(self, data: bytes) -> int:
        try:
            consumed: int = super().received(data)
        except OSError as error:  # large bodies are put on the disk
            if error.errno not in DISK_FULL:
                raise
            self.error, self.completed = StorageFull(), True
            return len(data)
        if self.headers_finished and not self._is_weighed:
            self._is_weighed = True
            self._wait_in_memory()
            is_whole = self.completed or 0 < self.content_length <= len(data) - consumed
            refusal = None if is_whole else self._refusal(self)
            if refusal:
                self.error, self.completed, consumed = refusal, True, len(data)
        if self.error:
            self.expect_continue = False  # or waitress would ask for the body that it refuses
        return consumed

    def _wait_in_memory(self) -> None:
        """Lets an ordinary body wait for its turn in memory while there is room, and all others on the disk."""
        if self.body_rcv is None:
            return
        taken = sum(request.content_length for request in _in_memory)
        is_ordinary = isinstance(self.body_rcv, FixedStreamReceiver) and (
            self.content_length <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        )
        has_room = is_ordinary and taken + self.content_length <= self._limits.max_waiting_bytes
        self.body_rcv.getbuf().overflow = self.content_length + 1 if has_room else SMALL_BYTES
        if has_room:
            _in_memory.add(self)

    def is_stalled(self, now: float) -> bool:
        """Whether headers or body come too slowly to be anything but an attack or a dead connection."""
        age_s = now - self.began_at
        if not self.headers_finished:
            return age_s > self._limits.header_timeout_s
        expected = (age_s - self._limits.body_grace_s) * self._limits.min_body_bytes_per_s
        return not self.completed and self.body_bytes_received < expected


class Answer(WSGITask):  # type: ignore[misc]
    def start(self) -> None:
        super().start()
        if self.channel.server.is_draining:
            self.set_close_on_finish()


class Refusal(ErrorTask):  # type: ignore[misc]
    """What the server itself refuses, in the API's own shape."""

    def execute(self) -> None:
        error = self.request.error
        status = error.code if error.code in _DETAILS else 400
        media_type, body = self._body(status)
        self.status = f"{status} {error.reason}"
        self.response_headers.append(("Content-Type", media_type))
        if status == 503:
            self.response_headers.append(("Retry-After", str(error.retry_after_s)))
        is_body_read = getattr(error, "is_body_read", False)
        if not is_body_read or self.channel.server.is_draining:
            self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)
        self.channel.lingering = not is_body_read
        self._tell(status)

    def _body(self, status: int) -> tuple[str, bytes]:
        """Media type and text; a page for browsers that show what they get."""
        code, detail = _DETAILS[status]
        if self._is_for_a_page():
            return "text/html; charset=utf-8", f"<!doctype html><title>{status}</title><p>{escape(detail)}".encode()
        kind = "client_error" if status < 500 else "server_error"
        error: dict[str, object] = {"type": kind, "errors": [{"code": code, "detail": detail, "attr": None}]}
        if self.request.path.startswith("/compat/"):
            error = {"error": detail}
        return "application/json", json.dumps(error).encode()

    def _is_for_a_page(self) -> bool:
        path, accepted = self.request.path, self.request.headers.get("ACCEPT", "")
        return "text/html" in accepted and not path.startswith(("/api/", "/compat/"))

    def _tell(self, status: int) -> None:
        ms = (time.monotonic() - self.request.began_at) * 1000
        metrics.count_error(_DETAILS[status][0])
        metrics.count_request("POST" if status == 503 else "OTHER", "", status, ms / 1000)
        logger.info("refused", method=self.request.command, path=self.request.path, status=status, ms=round(ms, 1))


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection."""

    task_class = Answer
    error_task_class = Refusal
    queued_since = 0.0
    lingering = False
    lingers_until = 0.0
    sent_bytes = 0
    _slow_read_since: tuple[float, int] | None = None

    def parser_class(self, adj: Adjustments) -> Request:
        return Request(adj, limits=self.server.limits, refusal=self.server.task_dispatcher.refusal)

    def readable(self) -> bool:
        return bool(self.lingers_until or super().readable())

    def writable(self) -> bool:
        return bool(self.will_close if self.lingers_until else super().writable())

    def handle_read(self) -> None:
        if not self.lingers_until:
            super().handle_read()
            return
        try:
            if not self.recv(self.adj.recv_bytes):
                self.handle_close()
        except OSError:
            self.handle_close()

    def handle_write(self) -> None:
        if not (self.lingering and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self._linger()

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent: int = super().send(data, do_close=do_close)
        self.sent_bytes += sent
        return sent

    def is_stalled(self, now: float) -> bool:
        if self.lingers_until:
            return now > self.lingers_until
        if self._reads_too_slowly(now):
            return True
        request = self.request
        if request is not None and not self.requests:
            return bool(request.is_stalled(now))
        silent_s = time.time() - self.last_activity
        is_waiting = not self.requests or self.total_outbufs_len
        return bool(is_waiting and silent_s > self.adj.channel_timeout)

    @property
    def is_busy(self) -> bool:
        """Whether a request is coming in, in work, or its answer going out."""
        coming = self.request is not None and self.request.headers_finished
        return bool(coming or self.requests or self.total_outbufs_len) and not self.lingers_until

    def _reads_too_slowly(self, now: float) -> bool:
        """Looked at every second: whether an answer has been going out for long, and drips."""
        if not self.total_outbufs_len:
            self._slow_read_since = None
            return False
        since, sent_bytes = self._slow_read_since = self._slow_read_since or (now, self.sent_bytes)
        limits: Limits = self.server.limits
        expected = (now - since - limits.body_grace_s) * limits.min_body_bytes_per_s
        return self.sent_bytes - sent_bytes < expected

    def _linger(self) -> None:
        self.lingers_until = time.monotonic() + LINGER_S
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()
