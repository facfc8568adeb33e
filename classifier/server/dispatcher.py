"""Which thread handles a request: photos have a queue of their own, so that nothing else ever waits behind them."""

import time
from collections.abc import Callable
from contextlib import ExitStack

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ThreadedTaskDispatcher

from classifier.conf import conf
from classifier.errors import BusyError
from classifier.predictions.admission import gate
from classifier.process.priority import lower_thread_priority

HEALTH = frozenset({"/livez", "/readyz"})
HEALTH_THREADS = 2


class Busy:
    """In the place of waitress' own errors of a request: a photo too many."""

    code = 503
    reason = "Service Unavailable"
    retry_after_s = BusyError.retry_after_s

    def __init__(self, *, is_body_read: bool) -> None:
        self.is_body_read = is_body_read


class Pool(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads, and the queue before them."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.threads_wanted = threads
        self.set_thread_count(threads)
        while self.active_count:  # until they have begun, they count as at work
            time.sleep(0.001)

    @property
    def queued(self) -> int:
        """How many connections no thread is free for."""
        with self.lock:
            return self._count_waiting()

    def add_task(self, task: HTTPChannel) -> None:
        self.try_add(task)

    def try_add(self, channel: HTTPChannel, *, limit: int | None = None) -> bool:
        """Whether there was room: fewer than `limit` wait, or a thread is free."""
        with self.lock:
            if limit is not None and self._is_full(limit):
                return False
            channel.queued_since = time.monotonic()
            self.queue.append(channel)
            self.queue_cv.notify()
        return True

    def is_full(self, limit: int) -> bool:
        with self.lock:
            return self._is_full(limit)

    def pop_expired(self, *, since: float) -> list[HTTPChannel]:
        """Takes the connections out of the queue that are closed, or queued since before then."""
        with self.lock:
            taken = [channel for channel in self.queue if not channel.connected or channel.queued_since < since]
            for channel in taken:
                self.queue.remove(channel)
        return taken

    def _is_full(self, limit: int) -> bool:
        return len(self.queue) + 1 - self._count_idle() > limit

    def _count_waiting(self) -> int:
        return max(0, len(self.queue) - self._count_idle())

    def _count_idle(self) -> int:
        idle: int = len(self.threads) - self.stop_count - self.active_count
        return idle


class PhotoPool(Pool):
    """Threads that let all others go first."""

    def start_new_thread(self, target: Callable[..., None], thread_no: int) -> None:
        def yielding(*arguments: object) -> None:
            lower_thread_priority()
            target(*arguments)

        super().start_new_thread(yielding, thread_no)


class Dispatcher:
    """Photos, health checks and everything else, each with threads that the others cannot take.

    `max_concurrent_photos` are in work; a few more threads read the next photos and store the last ones meanwhile.
    """

    def __init__(self, *, spare_threads: int) -> None:
        ahead = min(conf.max_concurrent_photos, conf.max_waiting_photos)
        self._queue_limit = conf.max_waiting_photos - ahead
        self._photos = PhotoPool(conf.max_concurrent_photos + ahead)
        self._health = Pool(HEALTH_THREADS)
        self._others = Pool(spare_threads)
        self._counted = ExitStack()
        self._counted.enter_context(gate.counting(lambda: self._photos.queued))

    def add_task(self, channel: HTTPChannel) -> None:
        request = channel.requests[0]
        if request.path in HEALTH or request.error:
            self._health.add_task(channel)
        elif not _is_photo(request):
            self._others.add_task(channel)
        elif not self._photos.try_add(channel, limit=self._queue_limit):
            self._refuse(channel)

    @property
    def photo_threads(self) -> int:
        return self._photos.threads_wanted

    def refusal(self, request: HTTPRequestParser) -> Busy | None:
        """What is wrong with a request of which only the headers are there: its body need not be sent in vain."""
        if _is_photo(request) and self._photos.is_full(self._queue_limit):
            return Busy(is_body_read=False)
        return None

    def maintain(self) -> None:
        """Sends those away who waited too long, and replaces threads that are stuck in a photo."""
        self._photos.set_thread_count(self._photos.threads_wanted + gate.stuck)
        for channel in self._photos.pop_expired(since=time.monotonic() - conf.queue_timeout_s):
            self._refuse(channel)

    def shutdown(self, *, timeout_s: float) -> None:
        for pool in (self._photos, self._health, self._others):
            pool.shutdown(timeout=timeout_s)
        self._counted.close()

    def _refuse(self, channel: HTTPChannel) -> None:
        channel.requests[0].error = Busy(is_body_read=True)
        self._health.add_task(channel)


def _is_photo(request: HTTPRequestParser) -> bool:
    """Whatever carries a file, but for the operator's desk; other servers' clients send theirs in many forms."""
    if request.path.startswith("/compat/"):
        return bool(request.command == "POST")
    media_type = request.headers.get("CONTENT_TYPE", "")
    return media_type.lower().startswith("multipart/form-data") and not request.path.startswith("/admin/")
