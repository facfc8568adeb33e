"""Accounts and labels as people type them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.tests.api.views.test_predictions import make

SPACED = {"username": "linus", "password": "  penguins on the ice "}


def test_a_password_with_spaces_at_its_ends_signs_in_as_it_was_registered(anonymous: APIClient, db: None) -> None:
    anonymous.post("/api/v1/auth/register/", SPACED)

    assert anonymous.post("/api/v1/auth/login/", SPACED).status_code == 200


def test_a_name_that_is_taken_in_the_same_moment_is_refused(
    anonymous: APIClient, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: Any) -> None:
        raise IntegrityError("UNIQUE constraint failed: auth_user.username")

    monkeypatch.setattr(User.objects, "create_user", taken)
    response = anonymous.post("/api/v1/auth/register/", SPACED)

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert (error["code"], error["attr"]) == ("unique", "username")


@pytest.mark.parametrize("query", ["label=my_cat", "label=my cat", "search=y_c", "search=y c"])
def test_a_label_of_ones_own_is_found_by_spaces_or_underscores(
    api_client: APIClient, user: User, serving: ModelVersion, query: str
) -> None:
    make(user, serving, "my cat")

    assert len(api_client.get(f"/api/v1/predictions/?{query}").json()["results"]) == 1
