"""How long a transfer may take, second by second."""

from collections.abc import Callable
from itertools import count

import pytest

from classifier.server.limits import Limits
from classifier.server.pace import Pace

LIMITS = Limits()
MEGABYTE = 1_000_000


def seconds_until_too_slow(passed: Callable[[int], float], *, patience_s: float = LIMITS.patience_s) -> int:
    """When a transfer is cut of which so many bytes have passed after so many seconds."""
    pace = Pace(0.0, LIMITS)
    return next(now for now in count(1) if pace.is_too_slow(now, int(passed(now)), patience_s=patience_s))


def test_silence_is_cut_after_30_seconds() -> None:
    assert seconds_until_too_slow(lambda _: 0) <= 31


@pytest.mark.parametrize("stops_at", [1, 29, 31, 45, 59, 200])
def test_a_fast_beginning_buys_no_silence(stops_at: int) -> None:
    assert seconds_until_too_slow(lambda now: min(now, stops_at) * MEGABYTE) - stops_at <= 31


@pytest.mark.parametrize("stops_at", [1, 29, 31, 45, 59, 200])
def test_a_fast_beginning_buys_no_drip(stops_at: int) -> None:
    assert seconds_until_too_slow(lambda now: min(now, stops_at) * MEGABYTE + now) - stops_at <= 60


@pytest.mark.parametrize("stops_at", [0, 100])
def test_a_pause_of_20_seconds_is_forgiven(stops_at: int) -> None:
    def with_pause(now: int) -> float:
        going_s = now if now < stops_at else max(stops_at, now - 20)
        return going_s * 20_000 if now < 500 else 0

    assert seconds_until_too_slow(with_pause) >= 500


@pytest.mark.parametrize(
    ("bytes_per_s", "size_bytes"), [(20_000, 20 * MEGABYTE), (14_000, 20 * MEGABYTE), (8_000, 4_500_000)]
)
def test_slow_mobile_networks_are_fast_enough(bytes_per_s: int, size_bytes: int) -> None:
    needed_s = size_bytes // bytes_per_s

    assert seconds_until_too_slow(lambda now: now * bytes_per_s if now <= needed_s else 0) > needed_s


def test_what_is_just_fast_enough_for_now_does_not_go_on_for_ever() -> None:
    assert seconds_until_too_slow(lambda now: now * 600) < 330
    assert seconds_until_too_slow(lambda now: now * 600, patience_s=LIMITS.anonymous_patience_s) < 70
