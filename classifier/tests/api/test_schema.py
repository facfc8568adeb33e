"""The schema tells what the endpoints really answer."""

import io
import re
from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from classifier_project.settings import BASE_DIR


@pytest.fixture(scope="module")
def paths() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)["paths"]


@pytest.mark.parametrize(
    ("method", "path", "statuses"),
    [
        ("post", "predictions/", "201 400 401 403 409 413 415 422 429 503 507"),
        ("get", "predictions/", "200 400 401 404"),
        ("get", "predictions/{id}/", "200 401 404"),
        ("delete", "predictions/{id}/", "204 401 404"),
        ("get", "predictions/{id}/image/", "200 206 304 401 404 416 503"),
        ("post", "predict/", "200 400 401 413 415 429 503 507"),
        ("post", "auth/login/", "200 400 401 415 429 503"),
        ("post", "auth/register/", "201 400 403 415 429 503"),
        ("get", "labels/", "200 400 401 503"),
    ],
)
def test_an_endpoint_lists_its_answers(paths: Any, method: str, path: str, statuses: str) -> None:
    assert sorted(paths[f"/api/v1/{path}"][method]["responses"]) == statuses.split()


def test_an_endpoint_takes_json_or_a_photo_and_says_one_of_the_two(paths: Any) -> None:
    taken = [
        (path, list(operation["requestBody"]["content"]))
        for path, methods in paths.items()
        for operation in methods.values()
        if "requestBody" in operation
    ]

    assert taken
    assert [path for path, kinds in taken if kinds not in (["application/json"], ["multipart/form-data"])] == []


def test_no_schema_has_the_name_of_something_that_languages_have() -> None:
    names = set(SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"])

    assert "ApiError" in names
    assert names.isdisjoint({"Error", "Exception", "ErrorResponse", "Response", "Request", "Result", "Type", "File"})


def test_a_login_does_not_speak_of_photos(paths: Any) -> None:
    answers = paths["/api/v1/auth/login/"]["post"]["responses"]

    assert "image" not in f"{answers['400']} {answers['415']}"


def test_the_documentation_needs_no_other_host(anonymous: APIClient, db: None) -> None:
    page = anonymous.get("/api/docs/").content.decode()

    assert "swagger-ui" in page
    assert not re.findall(r"https?://(?!testserver)", page)


def test_the_committed_schema_is_the_one_that_is_served(db: None) -> None:
    generated = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=generated)

    committed = (BASE_DIR / "docs/openapi.yaml").read_text()

    assert generated.getvalue().strip() == committed.strip(), "run: make schema"


def test_a_photo_is_binary_in_the_schema() -> None:
    committed = (BASE_DIR / "docs/openapi.yaml").read_text()

    assert "format: binary" in committed
