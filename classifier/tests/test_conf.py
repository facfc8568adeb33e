"""The table of settings: what a row gives, and what follows from several."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from classifier.conf import SETTINGS, Conf, Setting, conf

TESTS = Path(__file__).parent


def test_a_setting_is_what_django_says(settings: Any) -> None:
    settings.CLASSIFIER_TOP_K = 3

    assert conf.top_k == 3


def test_a_project_that_says_nothing_gets_the_default(settings: Any) -> None:
    del settings.CLASSIFIER_TOP_K

    assert conf.top_k == Conf.top_k.default


def test_a_default_is_allowed() -> None:
    assert not [row.name for row in SETTINGS if row.problem(row.default)]


@pytest.mark.parametrize(
    ("row", "allowed", "wrong", "problem"),
    [
        (Setting(5, "", at_least=1), 1, 0, "Give 1 or more."),
        (Setting(5, "", at_most=9), 9, 10, "Give 9 or less."),
        (Setting(5.0, "", at_least=0), 0.0, float("nan"), "Give 0 or more."),
        (Setting("a", "", choices=("a", "b")), "b", "c", "Choose one of a, b."),
    ],
)
def test_a_value_outside_what_is_allowed_is_a_problem(
    row: Setting[Any], allowed: object, wrong: object, problem: str
) -> None:
    assert row.problem(allowed) == ""
    assert row.problem(wrong) == problem


def test_a_request_may_have_a_photo_and_what_django_accepts_beside_it(settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000, 10

    assert conf.max_request_bytes == 1010


def test_an_upload_may_take_longer_than_it_may_wait_and_be_classified(settings: Any) -> None:
    settings.CLASSIFIER_QUEUE_TIMEOUT_S, settings.CLASSIFIER_INFERENCE_TIMEOUT_S = 10.0, 5.0

    assert conf.upload_lease_s == 45


@pytest.mark.parametrize("name", [row.name for row in SETTINGS])
def test_a_setting_is_set_by_a_test_of_what_it_changes(name: str) -> None:
    is_set = re.compile(rf"""settings\.{name}\b|\b{name}=|"{name}":""")
    here = (TESTS / "project", Path(__file__), TESTS / "test_checks.py")
    others = [path for path in TESTS.rglob("*.py") if not any(path.is_relative_to(part) for part in here)]

    assert any(is_set.search(path.read_text(encoding="utf-8")) for path in others)
    assert hasattr(django_settings, name)
