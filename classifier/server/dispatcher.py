"""Which thread handles a request: photos have a queue of their own, so that nothing else ever waits behind them."""

import time
from collections import deque
from contextlib import ExitStack

from waitress.parser import HTTPRequestParser

from classifier.accounts import hashing
from classifier.conf import conf
from classifier.errors import BusyError
from classifier.predictions.admission import gate
from classifier.server.channel import Channel
from classifier.server.pools import PhotoPool, Pool

HEALTH = "/readyz"
HEALTH_THREADS = 2
ALIVE = "/livez"
"""It looks at nothing, and waits for nobody: not for a disk that /readyz looks at."""
WHY = "/why/"
"""How the paths end, in the API, on the pages and in the admin, that tell what speaks for a label."""
COMPARE = "/compare/"
"""How the path ends to which a form is sent that asks another model about a stored photo."""


class Dispatcher:
    """Photos, health checks and everything else, each with threads that the others cannot take.

    Threads that only wait for a password to be hashed are replaced meanwhile. Refusals need none: the select loop would
    wait for Python's lock at each of thousands.
    """

    def __init__(self, *, spare_threads: int) -> None:
        self._photos = PhotoPool(places=conf.max_concurrent_photos, max_waiting=conf.max_waiting_photos)
        self._alive = Pool(1)
        self._health = Pool(HEALTH_THREADS)
        self._refused: deque[Channel] = deque()
        self._others = Pool(spare_threads)
        self._spare_threads = spare_threads
        self._counted = ExitStack()
        self._counted.enter_context(gate.counting(lambda: self._photos.queued))

    def add_task(self, channel: Channel) -> None:
        request = channel.requests[0]
        if request.error:
            self._refused.append(channel)
        elif request.path == ALIVE:
            self._alive.add_task(channel)
        elif request.path == HEALTH:
            self._health.add_task(channel)
        elif not _is_photo(request):
            self._others.set_thread_count(max(self._others.thread_count, self._threads_for_others))
            self._others.add_task(channel)
        elif (refused := self._photos.add(channel, request.sender.key)) is not None:
            self._refuse(refused)

    def early_refusal(self, request: HTTPRequestParser) -> BusyError | None:
        """Why a request of which only the headers are there is refused: its body need not be sent in vain."""
        is_refused = _is_photo(request) and not self._photos.has_room(request.sender.key)
        return BusyError() if is_refused else None

    def answer_refused(self) -> None:
        """Called by the select loop after each of its turns; whoever refuses in another thread wakes it."""
        while self._refused:
            self._refused.popleft().answer_now()

    def maintain(self) -> None:
        """Refuses the photos that waited too long, and replaces threads that wait or are stuck."""
        self._others.set_thread_count(self._threads_for_others)
        self._photos.replace_stuck(gate.stuck)
        for channel in self._photos.pop_expired(since=time.monotonic() - conf.queue_timeout_s):
            self._refuse(channel)

    def shutdown(self, *, timeout_s: float) -> None:
        for pool in (self._photos, self._alive, self._health, self._others):
            pool.shutdown(timeout=timeout_s)
        while self._refused:
            self._refused.popleft().cancel()
        self._counted.close()

    @property
    def _threads_for_others(self) -> int:
        return self._spare_threads + hashing.pool.waiting

    def _refuse(self, channel: Channel) -> None:
        channel.requests[0].refuse(BusyError())
        self._refused.append(channel)


def _is_photo(request: HTTPRequestParser) -> bool:
    """Whatever carries a file, but for the admin, or has a stored photo looked at again by the network.

    Other servers' clients send theirs in many forms.
    """
    if request.path.endswith(WHY):
        return True
    if request.path.startswith("/compat/") or request.path.endswith(COMPARE):
        return bool(request.command == "POST")
    media_type = request.headers.get("CONTENT_TYPE", "")
    return media_type.lower().startswith("multipart/form-data") and not request.path.startswith("/admin/")
