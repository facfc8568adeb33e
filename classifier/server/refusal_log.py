"""Lines of the log for what the server itself refuses: one for each sender, status and second."""

import threading
from dataclasses import dataclass

from classifier.server.pools import Pool
from classifier.server.request_log import log_request


@dataclass(frozen=True, slots=True)
class Refused:
    """One refused request; the address is `printable` already."""

    method: str
    path: str
    status: int
    address: str
    account: int | None
    ms: float


class Lines:
    """What was refused within a second, to be written by a thread: whoever reads the log may be slow."""

    def __init__(self) -> None:
        self._alike: dict[tuple[str, int | None, int], tuple[Refused, int]] = {}
        """The first of each kind, and how many came after it."""

    def add(self, refused: Refused) -> None:
        key = refused.address, refused.account, refused.status
        first, more = self._alike.get(key, (refused, -1))
        self._alike[key] = first, more + 1

    def __bool__(self) -> bool:
        return bool(self._alike)

    def service(self) -> None:
        """Writes the first of each kind, and how many more there were."""
        for refused, count in self._alike.values():
            more = {"more": count} if count else {}
            log_request(
                "refused",
                method=refused.method,
                path=refused.path,
                status=refused.status,
                address=refused.address,
                user=refused.account,
                ms=refused.ms,
                **more,
            )

    def cancel(self) -> None:
        """At the end they are written all the same."""
        self.service()


class RefusalLog:
    """Refusals are added by any thread, and written once a second."""

    def __init__(self) -> None:
        self._writer = Pool(1)
        self._lines = Lines()
        self._lock = threading.Lock()

    def add(self, refused: Refused) -> None:
        with self._lock:
            self._lines.add(refused)

    def write(self) -> None:
        """Has written what came since the last time; called about every second."""
        if lines := self._pop():
            self._writer.add_task(lines)

    def shutdown(self, *, timeout_s: float) -> None:
        self._writer.shutdown(timeout=timeout_s)
        self._pop().service()

    def _pop(self) -> Lines:
        with self._lock:
            lines, self._lines = self._lines, Lines()
        return lines
