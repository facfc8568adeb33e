"""The door to the network."""

from typing import Any

import pytest

from classifier.errors import AbandonedError, BusyError
from classifier.predictions.admission import Gate


@pytest.fixture(autouse=True)
def one_at_a_time(settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = 1
    settings.CLASSIFIER_MAX_WAITING_PHOTOS = 0
    settings.CLASSIFIER_INFERENCE_TIMEOUT_S = 8


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


def test_a_photo_that_nobody_waits_for_is_not_begun() -> None:
    gate = Gate()

    with pytest.raises(AbandonedError), gate.entered(is_waiting=lambda: False):
        pytest.fail("it was begun")

    assert gate.in_progress == 0
