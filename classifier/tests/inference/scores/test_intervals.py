import pytest

from classifier.inference.scores.intervals import change_interval, wilson_interval


@pytest.mark.parametrize(
    ("part", "count", "interval"), [(0.9, 100, (0.826, 0.945)), (1.0, 10, (0.722, 1.0)), (0.0, 10, (0.0, 0.278))]
)
def test_few_photos_leave_a_wide_interval(part: float, count: int, interval: tuple[float, float]) -> None:
    """The values are those of Wilson's interval as textbooks give them."""
    assert wilson_interval(part, count) == pytest.approx(interval, abs=1e-3)


@pytest.mark.parametrize(
    ("gained", "lost", "count", "interval"),
    [
        (0, 1, 1, (-1.0, 0.510)),
        (0, 5, 500, (-0.0195, -0.0004)),
        (5, 0, 500, (0.0004, 0.0195)),
        (0, 0, 0, (-0.98, 0.98)),
    ],
)
def test_a_change_is_sure_once_chance_would_hardly_do_it(
    gained: int, lost: int, count: int, interval: tuple[float, float]
) -> None:
    """The values are those of Wald's interval with half a photo more in each of four cells."""
    assert change_interval(gained, lost, count) == pytest.approx(interval, abs=2e-4)
