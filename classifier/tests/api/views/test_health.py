"""Whether the server lives and can work, and what it says when it cannot."""

from typing import Any

import pytest
from django.db import OperationalError
from rest_framework.test import APIClient

from classifier.inference import instance
from classifier.model_registry import versions
from classifier.models import ModelVersion


def problem_of(client: APIClient) -> str:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    (problem,) = response.json()["problems"]
    return str(problem)


def test_a_broken_active_model_is_named_without_telling_strangers_paths(
    anonymous: APIClient, serving: ModelVersion
) -> None:
    instance.reset()
    ModelVersion.objects.update(load_error="/srv/secret/model.xml is missing")

    problem = problem_of(anonymous)

    assert f"{serving} is active but cannot be loaded" in problem
    assert "/srv" not in problem


def test_a_model_on_its_way_is_named(anonymous: APIClient, serving: ModelVersion) -> None:
    instance.reset()

    assert problem_of(anonymous) == f"{serving} is being loaded."


def test_a_database_that_is_down_is_named_even_while_a_model_serves(
    anonymous: APIClient, serving: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> Any:
        raise OperationalError("no such table: classifier_modelversion")

    monkeypatch.setattr(versions, "active", down)

    assert "database" in problem_of(anonymous)


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


@pytest.mark.parametrize(("path", "status"), [("/livez", 200), ("/readyz", 200), ("/", 400)])
@pytest.mark.parametrize("host", ["10.0.0.5:8000", "waitress.invalid"])
def test_a_load_balancer_may_ask_by_number(
    anonymous: APIClient, serving: ModelVersion, settings: Any, path: str, status: int, host: str
) -> None:
    settings.ALLOWED_HOSTS = ["photos.example.org"]

    assert anonymous.get(path, headers={"host": host}).status_code == status
