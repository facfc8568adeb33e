"""Whether the network still answers."""

import pytest

from classifier.errors import BusyError, ModelUnavailableError
from classifier.inference.watchdog import InferenceWatchdog


def test_a_network_that_answers_is_well() -> None:
    watchdog = InferenceWatchdog()
    with watchdog.running():
        pass

    assert watchdog.problem(timeout_s=8) == ""


def test_a_network_that_takes_too_long_is_stuck_until_it_answers() -> None:
    now = 0.0
    watchdog = InferenceWatchdog(clock=lambda: now)
    with watchdog.running():
        now = 9.0
        assert watchdog.problem(timeout_s=8) == "An inference has been running for 9 s."

    assert watchdog.problem(timeout_s=8) == ""


def test_a_network_that_is_busy_with_other_photos_is_well() -> None:
    watchdog = InferenceWatchdog()
    with pytest.raises(BusyError), watchdog.running():
        raise BusyError

    assert watchdog.problem(timeout_s=8) == ""


def test_a_network_elsewhere_that_does_not_answer_is_told_as_such() -> None:
    watchdog = InferenceWatchdog()
    with pytest.raises(ModelUnavailableError), watchdog.running():
        raise ModelUnavailableError

    assert watchdog.problem(timeout_s=8) == "The remote server that runs the model does not answer."


def test_a_network_that_fails_is_ill_until_it_answers() -> None:
    watchdog = InferenceWatchdog()
    with pytest.raises(RuntimeError), watchdog.running():
        raise RuntimeError("broken")
    assert watchdog.problem(timeout_s=8) == "The last inference failed."

    with watchdog.running():
        pass

    assert watchdog.problem(timeout_s=8) == ""
