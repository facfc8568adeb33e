"""An upload sent twice under one Idempotency-Key is one prediction."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from classifier.models import Prediction
from classifier.tests.api_calls import post_photo

pytestmark = pytest.mark.usefixtures("serving")


def test_a_key_that_cannot_be_printed_is_refused(api_client: APIClient) -> None:
    response = post_photo(api_client, headers={"Idempotency-Key": "a\x00b"})

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "Idempotency-Key"


def test_the_same_key_and_photo_get_the_stored_answer_again(api_client: APIClient) -> None:
    first = post_photo(api_client, headers={"Idempotency-Key": "abc"})

    again = post_photo(api_client, headers={"Idempotency-Key": "abc"})

    assert again.status_code == 201
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert again.json() == first.json()
    assert Prediction.objects.count() == 1


def test_a_key_is_its_users_own(api_client: APIClient, other_user: User, client_of: Any) -> None:
    post_photo(api_client, headers={"Idempotency-Key": "abc"})

    response = post_photo(client_of(other_user), headers={"Idempotency-Key": "abc"})

    assert "Idempotency-Replayed" not in response
    assert Prediction.objects.count() == 2


def test_a_key_whose_upload_failed_can_be_used_again(api_client: APIClient) -> None:
    post_photo(api_client, b"not a photo", headers={"Idempotency-Key": "abc"})

    assert post_photo(api_client, headers={"Idempotency-Key": "abc"}).status_code == 201
