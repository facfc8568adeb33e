"""Which models there are, and what the serving one knows."""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import PUBLISHED, add_on_device, build_colour_model


def test_the_models_are_listed_with_the_one_that_serves(api_client: APIClient, serving: ModelVersion) -> None:
    (row,) = api_client.get("/api/v1/models/").json()["results"]

    assert (row["name"], row["version"], row["is_active"], row["serves"]) == ("colours", serving.version, True, True)
    assert row["classes"] == 3


def test_a_model_tells_who_says_how_good_it_is_and_its_licence(api_client: APIClient, tmp_path: Path) -> None:
    versions.register(build_colour_model(tmp_path, name="known", published=PUBLISHED, license="Apache-2.0"))

    (row,) = api_client.get("/api/v1/models/").json()["results"]

    assert row["published"] == asdict(PUBLISHED)
    assert row["license"] == "Apache-2.0"


def test_a_model_registered_before_figures_were_kept_is_listed(api_client: APIClient, serving: ModelVersion) -> None:
    del serving.manifest["published"], serving.manifest["license"]
    serving.save()

    (row,) = api_client.get("/api/v1/models/").json()["results"]

    assert (row["published"], row["license"]) == (None, "")


def test_the_labels_are_those_of_the_serving_model(api_client: APIClient, serving: ModelVersion) -> None:
    body = api_client.get("/api/v1/labels/").json()

    assert body["model"] == {"name": "colours", "version": serving.version}
    assert [row["label"] for row in body["results"]] == ["red", "green", "blue"]


def test_labels_are_searched(api_client: APIClient, serving: ModelVersion) -> None:
    body = api_client.get("/api/v1/labels/?search=RE").json()

    assert (body["count"], [row["label"] for row in body["results"]]) == (2, ["red", "green"])


def test_labels_wait_for_a_model(api_client: APIClient) -> None:
    assert api_client.get("/api/v1/labels/").status_code == 503


def test_a_phone_is_told_all_that_it_needs(api_client: APIClient, serving: ModelVersion, tmp_path: Path) -> None:
    content = add_on_device(serving, tmp_path)

    body = api_client.get("/api/v1/models/active/on-device/").json()

    assert (body["name"], body["version"]) == ("colours", serving.version)
    assert body["model"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert body["preprocessing"] == serving.manifest["preprocessing"]
    assert body["parity"] == {"photos": 200, "top_1_agreement": 1.0, "max_difference": 0.001}
    assert api_client.get(body["labels_url"]).json()["count"] == 3
    file: Any = api_client.get(body["model"]["url"])
    assert b"".join(file.streaming_content) == content
    assert int(file["Content-Length"]) == body["model"]["bytes"]


def test_a_model_without_a_form_for_phones_says_so(api_client: APIClient, serving: ModelVersion) -> None:
    for path in ("active/on-device/", f"{serving.version}/on-device/file/"):
        response = api_client.get(f"/api/v1/models/{path}")

        assert (response.status_code, response.json()["errors"][0]["code"]) == (404, "no_on_device_model")


@pytest.mark.parametrize("version", ["unknown", "a%00b"])
def test_a_version_that_is_not_known_has_no_file(api_client: APIClient, serving: ModelVersion, version: str) -> None:
    response = api_client.get(f"/api/v1/models/{version}/on-device/file/")

    assert (response.status_code, response.json()["errors"][0]["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["models/", "labels/", "me/", "models/active/on-device/"])
def test_nothing_is_told_without_a_token(anonymous: APIClient, db: None, path: str) -> None:
    assert anonymous.get(f"/api/v1/{path}").status_code == 401
