"""Pools: threads that answer requests, and the queues before them."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from waitress.channel import HTTPChannel
from waitress.task import ThreadedTaskDispatcher

from classifier.process.priority import Priority, lower_thread_priority
from classifier.process.turns import Turns


class Pool(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads, and a queue for all that they have no time for."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.set_thread_count(threads)

    def add_task(self, task: "HTTPChannel | Job") -> None:
        with self.lock:
            self._hand_over(task)

    @property
    def thread_count(self) -> int:
        """Those that are about to end do not count."""
        count: int = len(self.threads) - self.stop_count
        return count

    def _hand_over(self, task: "HTTPChannel | Job") -> None:
        self.queue.append(task)
        self.queue_cv.notify()


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A connection with a photo of an account, in the pool since then."""

    channel: HTTPChannel
    account: str
    pool: "PhotoPool"
    since: float

    def service(self) -> None:
        try:
            self.channel.service()
        finally:
            self.pool.end(self)

    def cancel(self) -> None:
        self.channel.cancel()


class PhotoPool(Pool):
    """Threads that let all others go first, and at which accounts take turns.

    At most `max_waiting` photos wait beside those at the `places`; when they do, who has most makes way for who has
    less. No account has more of the threads than it leaves to the others: there are twice as many as one needs to keep
    all places and have one photo more in work, being read or stored. Further threads would only contend for Python's
    lock: with eight at work instead of five, a photo costs 1 ms of CPU more, and the slowest take twice as long.
    """

    def __init__(self, *, places: int, max_waiting: int) -> None:
        self._turns: Turns[Job] = Turns()
        self._limit = places + max_waiting
        beside = min(1, max_waiting // 2)  # the others wait where they can make way
        self._threads_wanted = 2 * (places + beside)
        super().__init__(self._threads_wanted)

    @property
    def queued(self) -> int:
        """How many connections wait for a thread."""
        with self.lock:
            return len(self._turns)

    def has_room(self, account: str) -> bool:
        """Whether a photo of the account would be taken now."""
        with self.lock:
            return not self._is_full() or self._has_less_than_largest(account)

    def add(self, channel: HTTPChannel, account: str) -> HTTPChannel | None:
        """Begins with a photo of the account, or queues it.

        Returns who must be refused for that: another account's last, or the photo itself when there is no room for it.
        """
        displaced = None
        with self.lock:
            if self._is_full():
                if not self._has_less_than_largest(account):
                    return channel
                displaced = self._turns.pop_last(self._turns.largest).channel
            self._turns.append(account, Job(channel, account, self, time.monotonic()))
            self._begin()
        return displaced

    def end(self, job: Job) -> None:
        """Called when a job is done."""
        with self.lock:
            self._turns.end(job.account)
            self._begin()

    def replace_stuck(self, count: int) -> None:
        """Has so many threads more than usual: as many are stuck."""
        self.set_thread_count(self._threads_wanted + count)
        with self.lock:
            self._begin()

    def pop_expired(self, *, since: float) -> list[HTTPChannel]:
        """Removes the connections from the queue that are closed, or queued since before then."""
        with self.lock:
            expired = self._turns.pop_where(lambda job: not job.channel.connected or job.since < since)
        return [job.channel for job in expired]

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        are_cancelled: bool = super().shutdown(cancel_pending, timeout)
        with self.lock:
            for job in self._turns.pop_where(lambda job: cancel_pending):
                job.cancel()
        return are_cancelled

    def start_new_thread(self, target: Callable[..., None], thread_no: int) -> None:
        def yielding(*arguments: object) -> None:
            lower_thread_priority(Priority.PHOTOS)
            target(*arguments)

        super().start_new_thread(yielding, thread_no)

    def _begin(self) -> None:
        while job := self._turns.begin(max_held=self._free_threads):
            self._hand_over(job)

    def _is_full(self) -> bool:
        """Those in a thread but at no place wait at the gate, and count like those in the queue."""
        if self._turns.held + len(self._turns) < self._limit:
            return False
        for job in self._turns.pop_where(lambda job: not job.channel.connected):
            job.cancel()
        return self._turns.held + len(self._turns) >= self._limit

    def _has_less_than_largest(self, account: str) -> bool:
        """Even when it has one more and the largest one less."""
        largest = self._turns.largest
        return largest is not None and self._turns.count(account) + 1 < self._turns.count(largest)

    @property
    def _free_threads(self) -> int:
        return self.thread_count - self._turns.held
