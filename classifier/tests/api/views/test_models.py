"""What serves, what it knows, and whether it is ready."""

import io
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from classifier.inference import instance
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import PUBLISHED, build_colour_model
from classifier_project.settings import BASE_DIR


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


@pytest.mark.parametrize("path", ["models/", "labels/", "me/"])
def test_nothing_is_told_without_a_token(anonymous: APIClient, db: None, path: str) -> None:
    assert anonymous.get(f"/api/v1/{path}").status_code == 401


def test_the_process_lives_without_a_model(anonymous: APIClient) -> None:
    assert anonymous.get("/livez").status_code == 200


def test_the_server_is_ready_once_a_model_serves(anonymous: APIClient, serving: ModelVersion) -> None:
    response = anonymous.get("/readyz")

    assert response.status_code == 200
    assert response.json()["model"]["name"] == "colours"


def test_a_server_that_is_not_ready_says_why(anonymous: APIClient, db: None) -> None:
    instance.reset()

    response = anonymous.get("/readyz")

    assert response.status_code == 503
    assert "install_model" in response.json()["problems"][0]


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
