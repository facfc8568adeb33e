"""The one-command server: waitress, with deadlines that dripping clients cannot move and an end that loses nothing."""

import json
import socket
import time
from collections.abc import Callable
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask

from classifier.conf import conf

LINGER_S = 3.0
"""How long what a refused client still sends is read, so that it gets to the answer instead of a broken connection."""
DRAIN_S = 12.0
"""How long an ending server waits for what is in flight."""
_CODES = {400: "bad_request", 413: "upload_too_large", 431: "headers_too_large", 500: "error"}
_DETAILS = {
    400: "The request cannot be understood.",
    413: "The request is larger than allowed. Send a smaller photo.",
    431: "The request's headers are larger than allowed.",
    500: "The server failed. It is not your fault; try again later.",
}


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request on its way in, with the time it has been on it."""

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.began_at = time.monotonic()

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.error:
            self.expect_continue = False  # or waitress would ask for the body that it refuses
        return consumed

    def is_stalled(self, now: float) -> bool:
        """Whether headers or body come too slowly to be anything but an attack or a dead connection."""
        age_s = now - self.began_at
        if not self.headers_finished:
            return age_s > conf.header_timeout_s
        expected = (age_s - conf.body_grace_s) * conf.min_body_bytes_per_s
        return not self.completed and self.body_bytes_received < expected


class Answer(WSGITask):  # type: ignore[misc]
    def start(self) -> None:
        super().start()
        if self.channel.server.is_draining:
            self.set_close_on_finish()


class Refusal(ErrorTask):  # type: ignore[misc]
    """What the server itself refuses, in the API's own shape."""

    def execute(self) -> None:
        status = self.request.error.code
        status = status if status in _CODES else 400
        error = {"code": _CODES[status], "detail": _DETAILS[status], "attr": None}
        kind = "client_error" if status < 500 else "server_error"
        body = json.dumps({"type": kind, "errors": [error]}).encode()
        self.status = f"{status} {self.request.error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)
        self.channel.lingers = True


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection."""

    task_class = Answer
    error_task_class = Refusal
    parser_class = Request
    lingers = False
    lingers_until = 0.0

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
        if not (self.lingers and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self._linger()

    def is_stalled(self, now: float) -> bool:
        if self.lingers_until:
            return now > self.lingers_until
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

    def _linger(self) -> None:
        self.lingers_until = time.monotonic() + LINGER_S
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()


class Server(TcpWSGIServer):  # type: ignore[misc]
    """One listening socket."""

    channel_class = Channel
    is_draining = False

    def maintenance(self, now: float) -> None:
        moment = time.monotonic()
        for channel in self.active_channels.values():
            if channel.is_stalled(moment):
                channel.will_close = True

    @property
    def busy(self) -> int:
        """How many connections have something in flight."""
        return sum(channel.is_busy for channel in self.active_channels.values())

    def stop_accepting(self) -> None:
        self.is_draining = True
        self.del_channel()
        self.socket.close()


class Listeners:
    """All sockets of one server: a name may stand for several addresses."""

    def __init__(self, application: Callable[..., Any], **adjustments: Any) -> None:
        adj = Adjustments(**adjustments)
        self._map: dict[int, Any] = {}
        self._dispatcher = ThreadedTaskDispatcher()
        self._dispatcher.set_thread_count(adj.threads)
        self._servers = [
            Server(application, self._map, dispatcher=self._dispatcher, adj=adj, sockinfo=sockinfo)
            for sockinfo in adj.listen
        ]
        self._drains_until = 0.0

    @property
    def port(self) -> int:
        return int(self._servers[0].effective_port)

    def run(self) -> None:
        """Serves until `drain` has ended, or Ctrl-C."""
        try:
            while not self._is_over():
                wasyncore.loop(timeout=0.1 if self._drains_until else 1, map=self._map, use_poll=True, count=1)
        except (SystemExit, KeyboardInterrupt):
            pass
        self._dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def drain(self) -> None:
        """Takes no more connections, finishes what is in flight, then ends `run`. May be called by a signal."""
        self._drains_until = self._drains_until or time.monotonic() + DRAIN_S
        self._servers[0].pull_trigger()

    def _is_over(self) -> bool:
        if not self._drains_until:
            return False
        for server in self._servers:
            if not server.is_draining:
                server.stop_accepting()
        busy = sum(server.busy for server in self._servers)
        return not busy or time.monotonic() > self._drains_until


def listen(application: Callable[..., Any], *, host: str, port: int, behind_proxy: bool) -> Listeners:
    """Opens the sockets. Raises OSError when they are taken.

    A thread for every photo that may wait, and some for everything else: health, history and admin stay quick however
    many photos are sent.
    """
    return Listeners(
        application,
        host=host,
        port=port,
        threads=conf.max_concurrent_photos + conf.max_waiting_photos + conf.spare_threads,
        connection_limit=conf.max_connections,
        channel_timeout=int(conf.idle_timeout_s),
        cleanup_interval=1,
        channel_request_lookahead=1,  # notices clients that hang up while their photo waits
        asyncore_use_poll=True,  # select() cannot watch more than 1,024 files
        max_request_body_size=conf.max_upload_bytes + conf.multipart_overhead_bytes,
        clear_untrusted_proxy_headers=not behind_proxy,
        ident=None,
    )
