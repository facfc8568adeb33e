"""The limit of open files is raised as far as it goes."""

import resource
from collections.abc import Iterator

import pytest

from classifier.process.open_files import allow_open_files


@pytest.fixture
def low_limit() -> Iterator[tuple[int, int]]:
    soft, hard = before = resource.getrlimit(resource.RLIMIT_NOFILE)
    low = (min(soft, 256), hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, low)
    yield low
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_low_limit_is_raised(low_limit: tuple[int, int]) -> None:
    assert allow_open_files(300) == 300
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (300, low_limit[1])


def test_one_that_is_high_enough_stays(low_limit: tuple[int, int]) -> None:
    assert allow_open_files(100) == 100
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == low_limit


def test_what_the_system_does_not_allow_is_told(low_limit: tuple[int, int]) -> None:
    _, hard = low_limit

    assert allow_open_files(hard + 1000) == hard
