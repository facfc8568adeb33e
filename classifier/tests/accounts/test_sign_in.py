"""Who signs in, and that the time of a refusal tells nobody which names there are."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from classifier.tests.work import CountingHasher, Work, measured

LOGIN, REGISTER = "/api/v1/auth/login/", "/api/v1/auth/register/"


@pytest.fixture(autouse=True)
def counted_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.{CountingHasher.__qualname__}"]


def work_of(client: APIClient, path: str, address: str = "127.0.0.1", **fields: str) -> tuple[Work, Any]:
    with measured() as work:
        answer = client.post(path, fields, REMOTE_ADDR=address)
    return work, answer.json()


@pytest.mark.parametrize("tries", [1, 3])
def test_a_wrong_password_is_the_same_work_and_answer_for_a_name_that_nobody_has(
    anonymous: APIClient, db: None, tries: int, settings: Any
) -> None:
    """At the first try and at one that the limits refuse."""
    settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 2
    User.objects.create_user("ada", password="correct horse battery")
    User.objects.create_user("gone", password="correct horse battery", is_active=False)
    User.objects.create_user("mailed", password=None)
    names = ("ada", "gone", "mailed", "nobody")

    done = {}
    for number, name in enumerate(names):
        for _ in range(tries):
            done[name] = work_of(anonymous, LOGIN, f"10.0.0.{number}", username=name, password="wrong")

    assert {name: done[name] for name in names} == dict.fromkeys(names, done["ada"])
    assert done["ada"][0].hashes == (1 if tries == 1 else 0)


def test_a_registration_with_a_bad_password_does_not_tell_whether_the_name_is_taken(
    anonymous: APIClient, user: User
) -> None:
    taken, free = (work_of(anonymous, REGISTER, username=name, password="12345") for name in ("ada", "linus"))

    assert taken == free
    assert taken[0].hashes == 0
