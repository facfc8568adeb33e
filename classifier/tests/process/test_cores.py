import threading

import pytest

from classifier.process.cores import in_threads, usable_cores


def test_results_come_in_the_order_of_the_items() -> None:
    later = threading.Event()

    def work(number: int) -> int:
        if number == 0 and usable_cores() > 1:
            later.wait(30)
        later.set()
        return number * number

    assert list(in_threads(work, [0, 1, 2, 3])) == [0, 1, 4, 9]


def test_each_is_told_once_and_may_end_the_rest() -> None:
    begun: list[int] = []
    may_go_on = threading.Event()
    told: list[int] = []

    def work(number: int) -> None:
        begun.append(number)
        if number:
            may_go_on.wait(30)

    def end(count: int) -> None:
        told.append(count)
        may_go_on.set()
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list(in_threads(work, list(range(10_000)), on_each=end))

    assert told == [1]
    assert len(begun) < 10_000
