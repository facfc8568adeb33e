"""The one-command server: waitress, with deadlines that dripping clients cannot move and an end that loses nothing."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from classifier.conf import conf
from classifier.process.open_files import allow_open_files
from classifier.server.arrivals import Arrival, Arrivals
from classifier.server.bodies import BodyDisk, BodyMemory
from classifier.server.channel import Channel
from classifier.server.connections import Connections
from classifier.server.dispatcher import Dispatcher
from classifier.server.identity import Identities
from classifier.server.limits import Limits
from classifier.server.refusal_log import RefusalLog
from classifier.server.request import Places
from classifier.server.response import without_bodies_of_head

ACCEPTED_AT_ONCE, ADMITTED_AT_ONCE = 500, 32
MAINTAINED_EVERY_S = 1
SPARE_CONNECTIONS = 200
"""Beyond those allowed: the server's own, and some that are closed in this turn."""
BACKLOG = 4096
"""Connections that the system may hold before they are accepted: beyond, a client tries again after a second."""
FILES_PER_CONNECTION, OTHER_FILES = 2, 400
"""Each may have a body or an answer in a file."""


class Server(TcpWSGIServer):  # type: ignore[misc]
    """One listening socket."""

    channel_class = Channel
    is_draining = False

    def __init__(
        self,
        *arguments: Any,
        limits: Limits,
        places: Places,
        identities: Identities,
        connections: Connections,
        refusal_log: RefusalLog,
        **options: Any,
    ) -> None:
        self.limits, self.places, self.identities, self.connections = limits, places, identities, connections
        self.refusal_log, self.arrivals = refusal_log, Arrivals(connections)
        super().__init__(*arguments, **options)

    def add_task(self, task: Channel) -> None:
        task.postpone()

    def handle_accept(self) -> None:
        """All that wait, not one a turn: in a flood, honest clients would wait behind it."""
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                accepted = self.accept()
            except OSError:
                self.logger.warning("a connection could not be accepted", exc_info=True)
                return
            if accepted is None:
                return
            self.arrivals.add(Arrival(*accepted))

    def admit(self) -> None:
        """Begins to read from those whose turn it is."""
        for arrival in self.arrivals.pop(ADMITTED_AT_ONCE):
            with suppress(OSError):  # gone already
                self.set_socket_options(arrival.socket)
            self.channel_class(self, arrival.socket, self.fix_addr(arrival.address), self.adj, map=self._map)

    def maintenance(self, now: float) -> None:
        moment = time.monotonic()
        for channel in [*self.active_channels.values()]:
            channel.stop_identifying(moment)
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
        self.arrivals.close()


class Listeners:
    """All sockets of one server: a name may stand for several addresses."""

    def __init__(
        self, application: Callable[..., Any], *, limits: Limits, behind_proxy: bool, **adjustments: Any
    ) -> None:
        adj = Adjustments(**adjustments)
        self._map: dict[int, Any] = {}
        self._limits = limits
        self._dispatcher = Dispatcher(spare_threads=limits.spare_threads)
        self.places = Places(BodyMemory(limits.max_waiting_bytes), BodyDisk(limits.max_body_bytes_on_disk))
        self._identities = Identities()
        self._refusal_log = RefusalLog()
        shared = {
            "dispatcher": self._dispatcher,
            "places": self.places,
            "identities": self._identities,
            "connections": Connections(limits, is_behind_proxy=behind_proxy),
            "refusal_log": self._refusal_log,
            "adj": adj,
            "limits": limits,
        }
        self._servers = [
            Server(without_bodies_of_head(application), self._map, sockinfo=sockinfo, **shared)
            for sockinfo in adj.listen
        ]
        self._drains_until = self._maintained_at = 0.0

    @property
    def port(self) -> int:
        return int(self._servers[0].effective_port)

    def run(self) -> None:
        """Serves until `drain` has ended, or until it is interrupted."""
        try:
            while not self._is_over():
                wasyncore.loop(timeout=self._patience_s(), map=self._map, use_poll=True, count=1)
                self._end_turn()
        except (SystemExit, KeyboardInterrupt):
            pass
        self._identities.close()
        self._dispatcher.shutdown(timeout_s=1)
        self._refusal_log.shutdown(timeout_s=1)
        wasyncore.close_all(self._map)

    def drain(self) -> None:
        """Takes no more connections, finishes what is in flight, then ends `run`. May be called by a signal."""
        self._drains_until = self._drains_until or time.monotonic() + self._limits.drain_s
        with suppress(OSError):  # it has ended already
            self._servers[0].pull_trigger()

    def _patience_s(self) -> float:
        """How long a turn of the select loop may wait for something to happen."""
        if any(server.arrivals for server in self._servers):
            return 0
        return 0.1 if self._drains_until else 1

    def _end_turn(self) -> None:
        now = time.monotonic()
        if now - self._maintained_at >= MAINTAINED_EVERY_S:
            self._maintained_at = now
            self._dispatcher.maintain()
            self._refusal_log.write()
        self._dispatcher.answer_refused()
        for server in self._servers:
            server.admit()

    def _is_over(self) -> bool:
        if not self._drains_until:
            return False
        for server in self._servers:
            if not server.is_draining:
                server.stop_accepting()
        busy = sum(server.busy for server in self._servers)
        return not busy or time.monotonic() > self._drains_until


def listen(
    application: Callable[..., Any], *, host: str, port: int, behind_proxy: bool, limits: Limits = Limits()
) -> Listeners:
    """Opens the sockets. Raises OSError when they are taken."""
    allowed = allow_open_files(FILES_PER_CONNECTION * limits.max_connections + OTHER_FILES) - OTHER_FILES
    limits = replace(limits, max_connections=min(limits.max_connections, allowed // FILES_PER_CONNECTION))
    return Listeners(
        application,
        limits=limits,
        behind_proxy=behind_proxy,
        host=host,
        port=port,
        backlog=BACKLOG,
        connection_limit=limits.max_connections + SPARE_CONNECTIONS,
        channel_timeout=limits.idle_timeout_s,
        cleanup_interval=MAINTAINED_EVERY_S,
        recv_bytes=256 * 1024,
        channel_request_lookahead=1,  # notices clients that hang up while their photo waits
        asyncore_use_poll=True,  # select() cannot watch more than 1,024 files
        max_request_body_size=conf.max_request_bytes,
        clear_untrusted_proxy_headers=not behind_proxy,
        ident=None,
    )
