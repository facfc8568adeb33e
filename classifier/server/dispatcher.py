"""Which thread handles a request: photos have a queue of their own, so that nothing else ever waits behind them."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ThreadedTaskDispatcher

from classifier.conf import conf
from classifier.errors import BusyError
from classifier.predictions.admission import gate
from classifier.process.priority import lower_thread_priority

HEALTH = frozenset({"/livez", "/readyz"})
HEALTH_THREADS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A connection with a request to answer, in the queue of a pool since then."""

    channel: HTTPChannel
    pool: "Pool"
    since: float

    def service(self) -> None:
        try:
            self.channel.service()
        finally:
            self.pool.finish()

    def cancel(self) -> None:
        self.channel.cancel()


class Pool(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads, and the queue before them."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.threads_wanted = threads
        self._unfinished = 0
        self.set_thread_count(threads)

    @property
    def queued(self) -> int:
        """How many connections no thread is free for."""
        with self.lock:
            return max(0, self._count_queued())

    def add_task(self, task: HTTPChannel) -> None:
        self.try_add(task)

    def try_add(self, channel: HTTPChannel, *, limit: int | None = None) -> bool:
        """Whether there was room: fewer than `limit` are queued, or a thread is free."""
        with self.lock:
            if limit is not None and self._count_queued() >= limit:
                return False
            self._unfinished += 1
            self.queue.append(Job(channel, self, time.monotonic()))
            self.queue_cv.notify()
        return True

    def is_full(self, limit: int) -> bool:
        with self.lock:
            return self._count_queued() >= limit

    def finish(self) -> None:
        """Called when a job is done."""
        with self.lock:
            self._unfinished -= 1

    def pop_expired(self, *, since: float) -> list[HTTPChannel]:
        """Removes the connections from the queue that are closed, or queued since before then."""
        with self.lock:
            expired = [job for job in self.queue if not job.channel.connected or job.since < since]
            for job in expired:
                self.queue.remove(job)
            self._unfinished -= len(expired)
        return [job.channel for job in expired]

    def _count_queued(self) -> int:
        """Those that threads are free for are not queued; negative while threads are free."""
        threads: int = len(self.threads) - self.stop_count
        return self._unfinished - threads


class PhotoPool(Pool):
    """Threads that let all others go first."""

    def start_new_thread(self, target: Callable[..., None], thread_no: int) -> None:
        def yielding(*arguments: object) -> None:
            lower_thread_priority()
            target(*arguments)

        super().start_new_thread(yielding, thread_no)


class Dispatcher:
    """Photos, health checks and everything else, each with threads that the others cannot take.

    `max_concurrent_photos` are in progress; a few more threads read the next photos and store the last ones meanwhile.
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

    def early_refusal(self, request: HTTPRequestParser) -> BusyError | None:
        """Why a request of which only the headers are there is refused: its body need not be sent in vain."""
        is_refused = _is_photo(request) and self._photos.is_full(self._queue_limit)
        return BusyError() if is_refused else None

    def maintain(self) -> None:
        """Refuses the photos that waited too long, and replaces threads that are stuck in one."""
        self._photos.set_thread_count(self._photos.threads_wanted + gate.stuck)
        for channel in self._photos.pop_expired(since=time.monotonic() - conf.queue_timeout_s):
            self._refuse(channel)

    def shutdown(self, *, timeout_s: float) -> None:
        for pool in (self._photos, self._health, self._others):
            pool.shutdown(timeout=timeout_s)
        self._counted.close()

    def _refuse(self, channel: HTTPChannel) -> None:
        channel.requests[0].refuse(BusyError())
        self._health.add_task(channel)


def _is_photo(request: HTTPRequestParser) -> bool:
    """Whatever carries a file, but for the admin; other servers' clients send theirs in many forms."""
    if request.path.startswith("/compat/"):
        return bool(request.command == "POST")
    media_type = request.headers.get("CONTENT_TYPE", "")
    return media_type.lower().startswith("multipart/form-data") and not request.path.startswith("/admin/")
