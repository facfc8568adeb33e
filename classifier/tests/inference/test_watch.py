"""Whether the network still answers."""

import pytest

from classifier.inference.watch import Watch


def test_a_network_that_answers_is_well() -> None:
    watch = Watch()
    with watch.running():
        pass

    assert watch.ailment(timeout_s=8) == ""


def test_a_network_that_takes_too_long_is_stuck_until_it_answers() -> None:
    now = 0.0
    watch = Watch(clock=lambda: now)
    with watch.running():
        now = 9.0
        assert watch.ailment(timeout_s=8) == "The model has been at one photo for 9 s."

    assert watch.ailment(timeout_s=8) == ""


def test_a_network_that_fails_is_ill_until_it_answers() -> None:
    watch = Watch()
    with pytest.raises(RuntimeError), watch.running():
        raise RuntimeError("broken")
    assert watch.ailment(timeout_s=8) == "The model failed at the last photo."

    with watch.running():
        pass

    assert watch.ailment(timeout_s=8) == ""
