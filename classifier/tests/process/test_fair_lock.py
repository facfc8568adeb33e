"""A lock that is handed to who has waited longest."""

import signal
import threading

import pytest

from classifier.process.fair_lock import FairLock
from classifier.tests.waiting import wait_until

WAIT_S = 10.0


def waiting_for(lock: FairLock, order: list[int], number: int) -> threading.Thread:
    """A thread that has asked for the lock, and notes when it got it."""

    def wait() -> None:
        assert lock.acquire(timeout_s=WAIT_S)
        order.append(number)
        lock.release()

    asked = lock.waiting
    thread = threading.Thread(target=wait)
    thread.start()
    wait_until(lambda: lock.waiting > asked)
    return thread


def test_threads_get_it_in_the_order_in_which_they_asked() -> None:
    lock = FairLock()
    order: list[int] = []
    assert lock.acquire(timeout_s=0)

    threads = [waiting_for(lock, order, number) for number in range(8)]
    lock.release()
    for thread in threads:
        thread.join()

    assert order == list(range(8))


def test_whoever_comes_again_at_once_goes_behind_those_who_wait() -> None:
    lock = FairLock()
    order: list[int] = []
    assert lock.acquire(timeout_s=0)
    other = waiting_for(lock, order, 1)

    lock.release()
    assert lock.acquire(timeout_s=WAIT_S)
    order.append(2)
    other.join()

    assert order == [1, 2]


def test_it_is_not_got_while_another_one_has_it() -> None:
    lock = FairLock()
    assert lock.acquire(timeout_s=0)

    assert not lock.acquire(timeout_s=0.01)
    assert lock.waiting == 0


def test_whoever_gave_up_waiting_is_passed_over() -> None:
    lock = FairLock()
    assert lock.acquire(timeout_s=0)
    assert not lock.acquire(timeout_s=0.01)

    lock.release()

    assert lock.acquire(timeout_s=0)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_whoever_is_interrupted_keeps_nobody_waiting() -> None:
    lock = FairLock()
    assert lock.acquire(timeout_s=0)
    before = signal.signal(signal.SIGALRM, interrupted)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt):
            lock.acquire(timeout_s=WAIT_S)
    finally:
        signal.signal(signal.SIGALRM, before)

    lock.release()

    assert lock.acquire(timeout_s=0)
