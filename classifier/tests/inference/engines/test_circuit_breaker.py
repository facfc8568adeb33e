"""When a circuit opens, and how it closes again."""

import pytest

from classifier.errors import ModelUnavailableError
from classifier.inference.engines.circuit_breaker import FAILURES_TO_OPEN, OPEN_S, CircuitBreaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(clock: Clock) -> CircuitBreaker:
    breaker = CircuitBreaker(clock=clock)
    for _ in range(FAILURES_TO_OPEN):
        breaker.admit()
        breaker.failed()
    return breaker


def test_failures_in_a_row_open_it_until_its_time_is_over(opened: CircuitBreaker, clock: Clock) -> None:
    clock.now = 1.5
    with pytest.raises(ModelUnavailableError) as caught:
        opened.admit()

    assert caught.value.retry_after_s == 4


def test_a_success_between_failures_keeps_it_closed(clock: Clock) -> None:
    breaker = CircuitBreaker(clock=clock)
    for _ in range(3 * FAILURES_TO_OPEN):
        breaker.admit()
        breaker.failed()
        breaker.admit()
        breaker.succeeded()


def test_one_call_tries_for_all(opened: CircuitBreaker, clock: Clock) -> None:
    clock.now = OPEN_S
    opened.admit()
    with pytest.raises(ModelUnavailableError):
        opened.admit()
    opened.succeeded()

    opened.admit()


def test_a_trial_that_fails_keeps_it_open(opened: CircuitBreaker, clock: Clock) -> None:
    clock.now = OPEN_S
    opened.admit()
    opened.failed()
    clock.now += OPEN_S - 0.1

    with pytest.raises(ModelUnavailableError):
        opened.admit()
