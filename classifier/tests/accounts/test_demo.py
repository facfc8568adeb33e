"""When pages offer the account whose password everybody knows."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.accounts import demo

CREDENTIALS = {"username": "demo", "password": "demo"}


def test_it_is_offered_in_development_where_it_is_open(db: None, settings: Any) -> None:
    settings.OWN_MACHINE = True
    before = demo.offered()

    demo.open_account()

    assert (before, demo.offered()) == ({}, CREDENTIALS)


def test_it_is_never_offered_where_others_reach_the_server(db: None, settings: Any) -> None:
    demo.open_account()
    settings.OWN_MACHINE = False

    assert demo.offered() == {}


@pytest.mark.parametrize("change", ["closed", "another password"])
def test_it_is_not_offered_where_it_would_not_open(db: None, settings: Any, change: str) -> None:
    settings.OWN_MACHINE = True
    demo.open_account()

    if change == "closed":
        demo.close_account()
    else:
        user = User.objects.get()
        user.set_password(change)
        user.save()

    assert demo.offered() == {}


def test_somebody_elses_account_of_that_name_stays_open(db: None, client: Any) -> None:
    User.objects.create_user("demo", password="correct horse battery")

    demo.close_account()

    assert client.login(username="demo", password="correct horse battery")
