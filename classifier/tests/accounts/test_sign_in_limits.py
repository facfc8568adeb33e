"""Guessing comes to an end, and nobody is locked out by others, nor by being many."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from classifier.accounts.devices import sign_out_everywhere
from classifier.accounts.sign_in import check_password, sign_in
from classifier.accounts.sign_in_limits import WIDE, of_name
from classifier.errors import ThrottledError, WrongCredentialsError
from classifier.models import KnownAddress

RIGHT, WRONG = "correct horse battery", "wrong"
OUTCOMES: dict[type[Exception], str] = {WrongCredentialsError: "wrong", ThrottledError: "throttled"}


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 3
    settings.BEHIND_TLS_PROXY = True


def try_from(address: str, password: str = WRONG, username: str = "ada") -> str:
    request = RequestFactory().post("/", HTTP_X_FORWARDED_FOR=address)
    try:
        sign_in(check_password(request, username=username, password=password), request=request)
    except (WrongCredentialsError, ThrottledError) as error:
        return OUTCOMES[type(error)]
    return "right"


def strangers() -> Iterator[str]:
    """Addresses that have nothing in common."""
    for number in range(10_000):
        yield f"10.{number // 250}.{number % 250}.1"


def test_a_place_fails_as_often_as_the_setting_says_and_then_even_the_right_password_waits(user: User) -> None:
    assert [try_from("9.9.9.9") for _ in range(4)] == ["wrong", "wrong", "wrong", "throttled"]
    assert try_from("9.9.9.9", RIGHT) == "throttled"


def test_strangers_do_not_lock_the_owner_out(user: User) -> None:
    assert {try_from(address) for address, _ in zip(strangers(), range(20), strict=False)} <= {"wrong", "throttled"}

    assert try_from("9.9.9.9", RIGHT) == "right"


def test_a_name_that_is_attacked_from_everywhere_slows_new_addresses_down(user: User) -> None:
    places = strangers()
    while not of_name.is_full("ada"):
        assert try_from(next(places)) == "wrong"

    assert of_name.count("ada") == WIDE * 3
    new = next(places)
    assert [try_from(new) for _ in range(2)] == ["wrong", "throttled"]
    assert try_from(next(places), RIGHT) == "right"


def test_an_address_from_which_the_account_signed_in_is_not_slowed_down(user: User) -> None:
    assert try_from("9.9.9.9", RIGHT) == "right"
    places = strangers()
    while not of_name.is_full("ada"):
        try_from(next(places))

    assert [try_from("9.9.9.9") for _ in range(3)] == ["wrong"] * 3
    assert try_from("9.9.9.9", RIGHT) == "throttled"


def test_an_address_has_a_wide_limit_for_all_names_which_is_not_for_those_it_knows(user: User) -> None:
    assert try_from("9.9.9.9", RIGHT) == "right"
    guessed = [try_from("9.9.9.9", username=f"nobody{number}") for number in range(WIDE * 3 + 1)]

    assert guessed == ["wrong"] * WIDE * 3 + ["throttled"]
    assert try_from("9.9.9.9", RIGHT) == "right"


def test_addresses_of_one_ipv6_network_count_together(user: User) -> None:
    tries = [try_from(f"[2001:db8::{number:x}]:443") for number in range(40)]

    assert tries == ["wrong"] * 3 + ["throttled"] * 37


def test_an_address_is_known_for_a_month_and_until_everything_is_signed_out(user: User) -> None:
    try_from("9.9.9.9", RIGHT)
    KnownAddress.objects.update(seen_at=timezone.now() - timedelta(days=31))
    for number in range(WIDE * 3):
        try_from("9.9.9.9", username=f"nobody{number}")
    assert try_from("9.9.9.9", RIGHT) == "throttled"

    sign_out_everywhere(user)
    assert not KnownAddress.objects.exists()


def test_what_is_remembered_of_addresses_says_neither_who_nor_where(user: User) -> None:
    try_from("9.9.9.9", RIGHT)

    assert "ada" not in KnownAddress.objects.get().key
    assert "9.9.9.9" not in str(KnownAddress.objects.values())


@pytest.mark.django_db(transaction=True)
def test_twenty_right_ones_at_once_are_all_right(user: User, settings: Any) -> None:
    assert _at_once(20, RIGHT) == ["right"] * 20


@pytest.mark.django_db(transaction=True)
def test_of_twenty_wrong_ones_at_once_no_more_are_told_than_of_as_many_in_a_row(user: User) -> None:
    assert sorted(_at_once(20, WRONG)) == ["throttled"] * 17 + ["wrong"] * 3


def _at_once(number: int, password: str) -> list[str]:
    start, outcomes = threading.Barrier(number), []

    def sign_in_at_once() -> None:
        start.wait()
        try:
            outcomes.append(try_from("9.9.9.9", password))
        finally:
            connection.close()

    threads = [threading.Thread(target=sign_in_at_once) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
