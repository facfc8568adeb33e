"""Registration is the same by the API and by the page: who may, what is refused, what is counted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from classifier.accounts.registration import register
from classifier.models import ThrottleCount

LINUS = {"username": "linus", "password": "penguins on the ice"}
WEAK = {**LINUS, "password": "12345"}
MISTYPED = {**LINUS, "username": "linus tovalds"}
TAKEN = {**LINUS, "username": "ada"}
GRACE = {**LINUS, "username": "grace"}

OUTCOMES = {201: "made", 302: "made", 400: "refused", 200: "refused", 403: "closed", 429: "throttled"}
"""What a status of the API or of the page says."""


@pytest.fixture(params=["api", "page"])
def outcome_of(request: pytest.FixtureRequest, anonymous: APIClient, db: None) -> Callable[[dict[str, str]], str]:
    """Tries to register through a door."""

    def by_api(fields: dict[str, str]) -> str:
        return OUTCOMES[anonymous.post("/api/v1/auth/register/", fields).status_code]

    def by_page(fields: dict[str, str]) -> str:
        return OUTCOMES[Client().post("/register/", fields).status_code]

    return by_api if request.param == "api" else by_page


Outcome = Callable[[dict[str, str]], str]


@pytest.mark.parametrize("tries", [[LINUS] * 3, [WEAK, MISTYPED, LINUS]])
def test_where_registration_is_closed_every_try_is_told_so(
    outcome_of: Outcome, settings: Any, tries: list[dict[str, str]]
) -> None:
    settings.CLASSIFIER_REGISTRATION_OPEN, settings.CLASSIFIER_REGISTRATIONS_PER_HOUR = False, 1

    assert [outcome_of(fields) for fields in tries] == ["closed"] * 3
    assert not ThrottleCount.objects.exists()


def test_what_is_filled_in_wrongly_does_not_count(outcome_of: Outcome, settings: Any) -> None:
    settings.CLASSIFIER_REGISTRATIONS_PER_HOUR = 1
    tries = [WEAK, MISTYPED, {}, LINUS, GRACE]

    assert [outcome_of(fields) for fields in tries] == ["refused", "refused", "refused", "made", "throttled"]


def test_to_be_told_that_a_name_is_taken_counts(outcome_of: Outcome, user: User, settings: Any) -> None:
    settings.CLASSIFIER_REGISTRATIONS_PER_HOUR = 2

    assert [outcome_of(fields) for fields in [TAKEN, TAKEN, TAKEN]] == ["refused", "refused", "throttled"]


def test_both_doors_count_together(anonymous: APIClient, client: Client, db: None, settings: Any) -> None:
    settings.CLASSIFIER_REGISTRATIONS_PER_HOUR = 1
    client.post("/register/", LINUS)

    assert anonymous.post("/api/v1/auth/register/", GRACE).status_code == 429


def test_names_that_look_alike_are_one_name(db: None) -> None:
    request = RequestFactory().post("/")
    ligature = register(request, username="\N{LATIN SMALL LIGATURE FI}ona", password="penguins on the ice")

    assert ligature.username == "fiona"
