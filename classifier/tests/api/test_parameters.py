"""A misspelt parameter is told, not passed over."""

import pytest
from rest_framework.test import APIClient

from classifier.models import ModelVersion


@pytest.mark.parametrize(
    ("path", "name"),
    [("predictions/?names=lemon", "names"), ("models/?page=2", "page"), ("labels/?search=a&limit=3", "limit")],
)
def test_an_unknown_parameter_is_refused(api_client: APIClient, serving: ModelVersion, path: str, name: str) -> None:
    answer = api_client.get(f"/api/v1/{path}")

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["code"], error["attr"]) == ("unknown_parameter", name)


def test_what_a_client_sends_is_shown_short_and_printable(api_client: APIClient) -> None:
    (error,) = api_client.get(f"/api/v1/predictions/?%1B[2J{'x' * 1000}=1").json()["errors"]

    assert error["attr"].startswith("\\x1b[2Jxxx")
    assert len(error["attr"]) < 60


@pytest.mark.parametrize(
    "query", ["label=red&model=a&min_probability=0.5&created_after=2026-01-01&search=r&page_size=5", "format=json"]
)
def test_known_ones_are_not(api_client: APIClient, query: str) -> None:
    assert api_client.get(f"/api/v1/predictions/?{query}").status_code == 200
