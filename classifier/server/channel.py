"""A client's connection: cut when it stalls, and kept open after a refusal until the client can have read it."""

import socket
import time
from dataclasses import replace
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel

from classifier.server.identity import Sender
from classifier.server.limits import Limits
from classifier.server.pace import Pace
from classifier.server.refusal import Refusal
from classifier.server.request import Request
from classifier.server.response import Response

TURN_BYTES = 1024**2
"""Sent to one client before the others have their turn, however fast it reads."""


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    task_class = Response
    error_task_class = Refusal
    discards_input = False
    """Whether the rest of a refused request may still come, and is not wanted."""
    close_when_flushed: bool
    request: Request | None
    """The one that is being received."""
    sent_bytes = 0
    _sent_before_turn = 0
    _is_answering = _is_postponed = False
    _discards_until = _silent_until = 0.0
    """What a refused client still sends is thrown away: it gets the answer, not a broken connection."""
    _asked_about: Request | None = None
    _sending: tuple[Pace, int] | None = None
    """How fast the client reads, and the bytes that were sent before."""

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Adjustments, map: Any = None) -> None:
        self.peer = str(addr[0])
        super().__init__(server, sock, addr, adj, map=map)
        server.connections.add(self)

    def del_channel(self, map: Any = None) -> None:
        super().del_channel(map)
        self.server.connections.remove(self)
        if self.request is not None:
            self.request.close()
        for request in self.requests if self._is_postponed else []:
            request.close()

    def parser_class(self, adj: Adjustments) -> Request:
        server = self.server
        return Request(
            adj,
            peer=self.peer,
            limits=server.limits,
            early_refusal=server.task_dispatcher.early_refusal,
            remembered=server.identities.remembered,
            places=server.places,
        )

    def readable(self) -> bool:
        if self.request is not None and self.request.is_identifying:
            return False
        return bool(self._discards_until or super().readable())

    def writable(self) -> bool:
        if self._discards_until:
            return bool(self.will_close)
        return bool(super().writable()) and not self._is_sent_by_task

    def handle_read(self) -> None:
        if not self._discards_until:
            super().handle_read()
            return
        self._silent_until = time.monotonic() + self._limits.refused_idle_s
        try:
            if not self.recv(self.adj.recv_bytes):
                self.handle_close()
        except OSError:
            self.handle_close()

    def handle_write(self) -> None:
        self._sent_before_turn = self.sent_bytes
        is_last = self.discards_input and self.close_when_flushed
        if is_last:
            self.close_when_flushed = False  # waitress would close both directions
        super().handle_write()
        if is_last and self.connected:
            self.close_when_flushed = bool(self.total_outbufs_len)
            if not self.total_outbufs_len:
                self._close_output()
        self.start_postponed()

    def postpone(self) -> None:
        """Answers its next request as soon as the client has read what is there: no thread waits for that."""
        self._is_postponed = True
        self.start_postponed()

    def start_postponed(self) -> None:
        with self.outbuf_lock:
            is_next = self._is_postponed and self.connected and not self.total_outbufs_len
            self._is_postponed = self._is_postponed and not is_next
        if is_next:
            self.server.task_dispatcher.add_task(self)

    def answer_now(self) -> None:
        """Answers its next request, a refused one, in the select loop, and sends what the client takes at once."""
        self.service()
        if self.connected:
            self.handle_write()

    def begin_answer(self) -> None:
        self._sent_before_turn, self._is_answering = self.sent_bytes, True

    def end_answer(self) -> None:
        self._is_answering = False

    def received(self, data: bytes) -> bool:
        is_taken: bool = super().received(data)
        request = self.request
        if request is not None and request.is_identifying and request is not self._asked_about:
            self._ask(request)
        return is_taken

    def identified(self, request: Request, sender: Sender) -> None:
        """Goes on with a request whose sender is known now, or was looked for long enough; in the select loop alone."""
        if self._asked_about is request:
            self._asked_about = None
        if request is not self.request or not self.connected or not request.is_identifying:
            return
        if held := request.identified(sender):
            self.received(held)
            return
        with self.requests_lock:
            if request.completed:
                self.request = None
                self.requests.append(request)
                if len(self.requests) == 1:
                    self.server.add_task(self)
            elif request.expect_continue and not self.requests and not self.sent_continue:
                self.send_continue()

    def stop_identifying(self, now: float) -> None:
        """Lets a request go on that nobody could say the sender of; asked about every second."""
        request = self.request
        if request is not None and request.is_identifying and now - request.began_at > self._limits.identify_timeout_s:
            self.identified(request, replace(request.sender, is_checked=False))

    def send(self, data: bytes, do_close: bool = True) -> int:
        if self.sent_bytes - self._sent_before_turn >= TURN_BYTES:
            return 0
        sent: int = super().send(data, do_close=do_close)
        self.sent_bytes += sent
        return sent

    def is_stalled(self, now: float) -> bool:
        """Whether the client sends or reads too slowly; asked about every second."""
        if self._discards_until:
            return now > min(self._discards_until, self._silent_until)
        if self._reads_too_slowly(now):
            return True
        if self.request is not None and not self.requests and not self.total_outbufs_len:
            return self.request.is_stalled(now)
        silent_s = time.time() - self.last_activity
        is_waiting = not self.requests or self.total_outbufs_len
        return bool(is_waiting and silent_s > self.adj.channel_timeout)

    @property
    def is_idle(self) -> bool:
        """Whether closing it loses no answer: there is no request, or not all of one."""
        return not self.requests and not self.total_outbufs_len

    @property
    def account(self) -> int | None:
        """Whose request is being received."""
        return self.request.sender.account if self.request is not None else None

    @property
    def is_busy(self) -> bool:
        """Whether a request is being received or is in progress, or its answer is being sent."""
        is_receiving = self.request is not None and self.request.headers_finished
        return bool(is_receiving or self.requests or self.total_outbufs_len) and not self._discards_until

    @property
    def _limits(self) -> Limits:
        limits: Limits = self.server.limits
        return limits

    @property
    def _is_sent_by_task(self) -> bool:
        """Whether a task is at it, which wakes this thread when anything is left; it would ask again and again until
        then, and keep the task, whose priority is lower, from ending."""
        if not self.requests or self.will_close or self.close_when_flushed:
            return False
        if is_free := self.outbuf_lock.acquire(blocking=False):
            self.outbuf_lock.release()
        return not is_free

    def _reads_too_slowly(self, now: float) -> bool:
        """Whether an answer goes out too slowly; all that is sent without a pause in between counts as one."""
        if not self.total_outbufs_len:
            self._sending = None
            return False
        pace, sent_before = self._sending = self._sending or (Pace(now, self._limits), self.sent_bytes)
        return pace.is_too_slow(now, self.sent_bytes - sent_before, patience_s=self._limits.patience_s)

    def _ask(self, request: Request) -> None:
        """Has it looked up who sends the request, which is received no further meanwhile."""
        self._asked_about = request

        def then(sender: Sender) -> None:
            self.server.trigger.pull_trigger(lambda: self.identified(request, sender))

        self.server.identities.ask(request.sender, request.credentials, then)

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Waits for the client while an answer is made that is larger than memory; not to begin the next one."""
        if self._is_answering:
            super()._flush_outbufs_below_high_watermark()

    def _close_output(self) -> None:
        """Tells the client that no more comes, and goes on reading."""
        now, limits = time.monotonic(), self._limits
        self._discards_until, self._silent_until = now + limits.refused_s, now + limits.refused_idle_s
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()
