"""Answers have the headers that the schema lists, and no page of another origin is kept from reading them."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.tests.examples import upload
from classifier.tests.project.test_settings import settings_with

URL = "/api/v1/predictions/"


@pytest.fixture(scope="module")
def schema() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


def listed(schema: Any, path: str, method: str, answer: Any) -> dict[str, bool]:
    """The headers that the schema lists for an answer, and whether they are always there."""
    headers = schema["paths"][path][method]["responses"][str(answer.status_code)]["headers"]
    common = schema["components"]["headers"]
    return {name: common.get(name, header).get("required", False) for name, header in headers.items()}


def check(schema: Any, path: str, method: str, answer: Any) -> None:
    certain = {name for name, is_certain in listed(schema, path, method, answer).items() if is_certain}
    assert certain <= set(answer.headers), (path, answer.status_code)


def test_every_answer_may_be_found_in_the_log_by_its_id(schema: Any) -> None:
    without = [
        (path, status)
        for path, methods in schema["paths"].items()
        for operation in methods.values()
        for status, response in operation["responses"].items()
        if "X-Request-ID" not in response.get("headers", {})
    ]

    assert without == []


def test_an_upload_says_where_it_is_and_whether_it_was_there(
    api_client: APIClient, serving: ModelVersion, schema: Any
) -> None:
    first, second = (
        api_client.post(URL, {"image": upload()}, format="multipart", headers={"Idempotency-Key": "holiday-1"})
        for _ in range(2)
    )

    assert set(listed(schema, URL, "post", first)) <= {*first.headers, "Idempotency-Replayed"}
    assert set(listed(schema, URL, "post", second)) <= set(second.headers)
    assert api_client.get(first.headers["Location"]).json()["id"] == first.json()["id"]


@pytest.mark.parametrize("kind", ["image", "thumbnail"])
def test_a_picture_has_its_headers_whole_in_part_unchanged_and_out_of_range(
    api_client: APIClient, serving: ModelVersion, schema: Any, kind: str
) -> None:
    stored = api_client.post(URL, {"image": upload()}, format="multipart").json()
    path = f"{URL}{stored['id']}/{kind}/"
    whole = api_client.get(path)
    asked = [{"Range": "bytes=0-9"}, {"If-None-Match": whole.headers["ETag"]}, {"Range": "bytes=99999999-"}]

    answers = [whole, *(api_client.get(path, headers=headers) for headers in asked)]

    assert [answer.status_code for answer in answers] == [200, 206, 304, 416]
    for answer in answers:
        check(schema, f"{URL}{{id}}/{kind}/", "get", answer)
        answer.close()


def test_an_export_has_a_name(api_client: APIClient, user: User, schema: Any) -> None:
    answer = api_client.get("/api/v1/me/export/")

    check(schema, "/api/v1/me/export/", "get", answer)
    answer.close()


def test_scripts_of_other_origins_may_read_every_header_of_the_schema(schema: Any, tmp_path: Path) -> None:
    told = {
        name
        for methods in schema["paths"].values()
        for operation in methods.values()
        for response in operation["responses"].values()
        for name in response["headers"]
    }

    exposed = settings_with(tmp_path, CORS_ALLOWED_ORIGINS="https://app.example.org")["CORS_EXPOSE_HEADERS"]

    assert sorted(exposed) == sorted(told)
