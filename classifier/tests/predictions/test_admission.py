"""The door to the network."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event
from typing import Any

import pytest

from classifier.errors import AbandonedError, BusyError
from classifier.predictions.admission import ALONE_AFTER_S, Gate
from classifier.tests.waiting import wait_until

Send = Callable[[str], "Future[None]"]
"""Has a photo wait at the gate; the first letter of its name is its account."""


@pytest.fixture(autouse=True)
def one_at_a_time(settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = 1
    settings.CLASSIFIER_MAX_WAITING_PHOTOS = 0
    settings.CLASSIFIER_INFERENCE_TIMEOUT_S = 8


@pytest.fixture
def eight_may_wait(settings: Any) -> None:
    settings.CLASSIFIER_MAX_WAITING_PHOTOS = 8


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def order() -> list[str]:
    """The photos in the order in which they were let in."""
    return []


@pytest.fixture
def send(gate: Gate, order: list[str]) -> Iterator[Send]:
    def enter(name: str) -> None:
        with gate.entered(account=name[0]):
            order.append(name)

    def send_and_see_it_queued(name: str) -> "Future[None]":
        before = gate.queued
        photo = pool.submit(enter, name)
        wait_until(lambda: gate.queued > before or photo.done())
        return photo

    with ThreadPoolExecutor(16) as pool:
        yield send_and_see_it_queued


def test_a_photo_that_is_stuck_gives_its_place_away() -> None:
    now = 0.0
    gate = Gate(clock=lambda: now)
    with gate.entered():
        now = 7.0
        with pytest.raises(BusyError), gate.entered():
            pass
        now = 9.0
        with gate.entered():
            assert gate.in_progress == 2

    assert gate.in_progress == 0


def test_a_photo_that_nobody_waits_for_is_not_begun(gate: Gate) -> None:
    with pytest.raises(AbandonedError), gate.entered(is_waiting=lambda: False):
        pytest.fail("it was begun")

    assert gate.in_progress == 0


@pytest.mark.usefixtures("eight_may_wait")
def test_accounts_take_turns(gate: Gate, send: Send, order: list[str]) -> None:
    with gate.entered(account="a"):
        photos = [send(name) for name in ("a1", "a2", "a3", "b1", "c1")]
    for photo in photos:
        photo.result(8)

    assert order == ["b1", "a1", "c1", "a2", "a3"]


@pytest.mark.usefixtures("eight_may_wait")
def test_the_photos_of_a_request_let_others_go_in_between(gate: Gate, send: Send, order: list[str]) -> None:
    with gate.entered(account="a") as turn:
        photos = [send(name) for name in ("a1", "b1")]
        order.append("a, first photo")
        turn.renew()
        order.append("a, second photo")
    for photo in photos:
        photo.result(8)

    assert order == ["a, first photo", "b1", "a, second photo", "a1"]
    assert gate.in_progress == 0


def test_a_request_of_many_photos_is_not_stuck_however_long_it_takes() -> None:
    now = 0.0
    gate = Gate(clock=lambda: now)
    with gate.entered() as turn:
        for moment in (7.0, 14.0, 21.0):
            now = moment
            assert gate.stuck == 0
            turn.renew()
        now = 30.0
        assert gate.stuck == 1


@pytest.mark.usefixtures("eight_may_wait")
def test_one_account_gets_half_of_the_queue_and_others_the_rest(gate: Gate, send: Send) -> None:
    with gate.entered(account="a"):
        for name in ("a1", "a2", "a3", "a4"):
            send(name)
        with pytest.raises(BusyError):
            send("a5").result(8)
        for name in ("b1", "b2"):
            send(name)
        with pytest.raises(BusyError):
            send("b3").result(8)
        send("c1")

        assert gate.queued == 7


def test_one_account_gets_all_places_while_it_is_alone_and_half_of_them_otherwise(settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS, now = 4, 0.0
    gate = Gate(clock=lambda: now)

    def places_of(account: str) -> int:
        with ExitStack() as entered:
            for place in range(5):
                try:
                    entered.enter_context(gate.entered(account=account))
                except BusyError:
                    return place
        pytest.fail("all were let in")

    assert places_of("a") == 4
    assert places_of("b") == 2
    now += ALONE_AFTER_S
    with gate.entered(account="c"):
        assert places_of("b") == 2
    now += ALONE_AFTER_S
    assert places_of("b") == 4


@pytest.mark.usefixtures("eight_may_wait")
def test_a_photo_that_waited_too_long_leaves_the_queue(gate: Gate, settings: Any) -> None:
    settings.CLASSIFIER_QUEUE_TIMEOUT_S = 0
    with gate.entered(), pytest.raises(BusyError), gate.entered():
        pytest.fail("it was begun")

    assert (gate.queued, gate.in_progress) == (0, 0)


@pytest.mark.usefixtures("eight_may_wait")
def test_a_request_whose_next_turn_does_not_come_gives_up_its_place(gate: Gate, send: Send, settings: Any) -> None:
    is_in, may_leave = Event(), Event()

    def hold() -> None:
        with gate.entered(account="b"):
            is_in.set()
            may_leave.wait(8)

    with ThreadPoolExecutor(1) as pool, gate.entered(account="a") as turn:
        pool.submit(hold)
        wait_until(lambda: gate.queued == 1)
        settings.CLASSIFIER_QUEUE_TIMEOUT_S = 0
        with pytest.raises(BusyError):
            turn.renew()
        assert is_in.wait(8)
        may_leave.set()

    assert (gate.queued, gate.in_progress) == (0, 0)
