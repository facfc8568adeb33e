"""How many connections are open, and which one goes when there are too many: never one that waits for an answer."""

import random
from typing import Protocol

from classifier.accounts.addresses import network_of
from classifier.server.limits import Limits

LOOKED_AT = 8


class Connection(Protocol):
    """What is asked of a channel."""

    peer: str
    will_close: bool
    last_activity: float

    @property
    def is_idle(self) -> bool: ...
    @property
    def account(self) -> int | None: ...


class Connections:
    """Those of all listening sockets; used by the select loop alone.

    Where there is one too many, one of the same address goes that has no whole request and has been silent for long:
    whoever opens thousands loses their own, and the next one is still served, so that nobody who shares the address is
    locked out. The longest silent one of `LOOKED_AT`, that is: to look at all for each of thousands would take all of
    the loop's time. `is_behind_proxy`: every connection is the proxy's, and only the total counts.
    """

    def __init__(self, limits: Limits, *, is_behind_proxy: bool) -> None:
        self._max = limits.max_connections
        self._max_of_one = self._max if is_behind_proxy else limits.max_connections_per_address
        self._of_address: dict[str, set[Connection]] = {}
        self._count = 0

    def add(self, connection: Connection) -> None:
        """Counts a new one, and has another or it closed when there are too many."""
        alike = self._of_address.setdefault(network_of(connection.peer), set())
        alike.add(connection)
        self._count += 1
        if len(alike) > self._max_of_one:
            self._close_one(alike, newest=connection)
        elif self._count > self._max:
            self._close_one(max(self._of_address.values(), key=len), newest=connection)

    def remove(self, connection: Connection) -> None:
        """Counts it no more, if it was still counted."""
        address = network_of(connection.peer)
        alike = self._of_address.get(address, set())
        if connection in alike:
            alike.remove(connection)
            self._count -= 1
        if not alike:
            self._of_address.pop(address, None)

    def _close_one(self, candidates: set[Connection], *, newest: Connection) -> None:
        looked_at = random.sample([*candidates], min(LOOKED_AT, len(candidates)))
        idle = (connection for connection in looked_at if connection.is_idle and connection is not newest)
        least_useful = min(idle, key=_usefulness, default=newest)
        least_useful.will_close = True
        self.remove(least_useful)


def _usefulness(connection: Connection) -> tuple[bool, float]:
    """A body that an account sends before what strangers send, then whoever was heard of last."""
    return connection.account is not None, connection.last_activity
