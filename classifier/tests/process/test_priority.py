"""Which threads run first when all cores are busy."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from classifier.process.priority import LOWEST_NICENESS, Priority, lower_thread_priority

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priority of their own")


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def in_a_thread(work: Callable[[], int]) -> int:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def lowered(*priorities: Priority) -> int:
    for priority in priorities:
        lower_thread_priority(priority)
    return niceness()


@pytest.mark.parametrize("priority", list(Priority))
def test_a_thread_is_lowered_and_no_other(priority: Priority) -> None:
    before = niceness()

    assert in_a_thread(lambda: lowered(priority)) == min(before + priority, LOWEST_NICENESS)
    assert niceness() == before


def test_threads_that_it_starts_are_lowered_with_it() -> None:
    def start_another() -> int:
        lower_thread_priority(Priority.NETWORKS)
        return in_a_thread(niceness)

    assert in_a_thread(start_another) == in_a_thread(lambda: lowered(Priority.NETWORKS))


def test_there_is_a_lowest() -> None:
    assert in_a_thread(lambda: lowered(Priority.LOWEST, Priority.LOWEST)) == LOWEST_NICENESS
