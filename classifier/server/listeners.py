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
from classifier.server.bodies import BodyDisk, BodyMemory
from classifier.server.channel import Channel
from classifier.server.connections import Connections
from classifier.server.dispatcher import Dispatcher
from classifier.server.identity import Identities
from classifier.server.limits import Limits
from classifier.server.request import Places
from classifier.server.response import without_bodies_of_head

ACCEPTED_AT_ONCE = 64
SPARE_CONNECTIONS = 200
"""Beyond those allowed: the server's own, and some that are closed in this turn."""

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
        **options: Any,
    ) -> None:
        self.limits, self.places, self.identities, self.connections = limits, places, identities, connections
        super().__init__(*arguments, **options)

    def add_task(self, task: Channel) -> None:
        task.postpone()

    def handle_accept(self) -> None:
        """All that wait, not one a turn: in a flood, honest clients would wait behind it."""
        self._has_accepted = True
        for _ in range(ACCEPTED_AT_ONCE):
            if self._has_accepted:
                super().handle_accept()

    def accept(self) -> Any:
        accepted = super().accept()
        self._has_accepted = accepted is not None
        return accepted

    def maintenance(self, now: float) -> None:
        moment = time.monotonic()
        for channel in [*self.active_channels.values()]:
            channel.stop_identifying(moment)
            if channel.is_stalled(moment):
                channel.will_close = True
        self.task_dispatcher.maintain()

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

    def __init__(
        self, application: Callable[..., Any], *, limits: Limits, behind_proxy: bool, **adjustments: Any
    ) -> None:
        adj = Adjustments(**adjustments)
        self._map: dict[int, Any] = {}
        self._limits = limits
        self._dispatcher = Dispatcher(spare_threads=limits.spare_threads)
        self.places = Places(BodyMemory(limits.max_waiting_bytes), BodyDisk(limits.max_body_bytes_on_disk))
        self._identities = Identities()
        shared = {
            "dispatcher": self._dispatcher,
            "places": self.places,
            "identities": self._identities,
            "connections": Connections(limits, is_behind_proxy=behind_proxy),
            "adj": adj,
            "limits": limits,
        }
        self._servers = [
            Server(without_bodies_of_head(application), self._map, sockinfo=sockinfo, **shared)
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
        self._identities.close()
        self._dispatcher.shutdown(timeout_s=1)
        wasyncore.close_all(self._map)

    def drain(self) -> None:
        """Takes no more connections, finishes what is in flight, then ends `run`. May be called by a signal."""
        self._drains_until = self._drains_until or time.monotonic() + self._limits.drain_s
        with suppress(OSError):  # it has ended already
            self._servers[0].pull_trigger()

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
        connection_limit=limits.max_connections + SPARE_CONNECTIONS,
        channel_timeout=limits.idle_timeout_s,
        cleanup_interval=1,
        recv_bytes=256 * 1024,
        channel_request_lookahead=1,  # notices clients that hang up while their photo waits
        asyncore_use_poll=True,  # select() cannot watch more than 1,024 files
        max_request_body_size=conf.max_request_bytes,
        clear_untrusted_proxy_headers=not behind_proxy,
        ident=None,
    )
