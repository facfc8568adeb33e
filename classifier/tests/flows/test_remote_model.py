"""A server whose network runs elsewhere: what its clients and its operator see of that."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from classifier.inference import instance
from classifier.model_registry import versions
from classifier.model_registry.poller import ModelPoller
from classifier.models import ModelVersion
from classifier.tests.examples import jpeg, upload
from classifier.tests.inference.engines.protocol_server import ProtocolServer

PREDICTIONS = "/api/v1/predictions/"


@pytest.fixture
def remote(db: None, model_folder: Path, settings: Any) -> Iterator[ProtocolServer]:
    """A server of the protocol with the model that is active here."""
    with ProtocolServer(model_folder).running() as server:
        settings.CLASSIFIER_ENGINE, settings.CLASSIFIER_REMOTE_URL = "remote", server.url
        versions.activate(versions.register(model_folder))
        server.inferences.clear()
        yield server


def send(client: APIClient) -> Any:
    return client.post(PREDICTIONS, {"image": upload(jpeg("red"))}, format="multipart")


def test_a_photo_is_classified_elsewhere_and_stored_here(remote: ProtocolServer, api_client: APIClient) -> None:
    response = send(api_client)

    assert (response.status_code, response.json()["label"]) == (201, "red")
    assert len(remote.inferences) == 1


def test_its_load_becomes_ours(remote: ProtocolServer, api_client: APIClient, anonymous: APIClient) -> None:
    remote.retry_after = "9"
    remote.faults.append(503)

    response = send(api_client)

    assert (response.status_code, response["Retry-After"]) == (503, "9")
    assert response.json()["errors"][0]["code"] == "busy"
    assert anonymous.get("/readyz").status_code == 200


def test_when_it_fails_the_client_may_try_again_and_readiness_says_so(
    remote: ProtocolServer, api_client: APIClient, anonymous: APIClient
) -> None:
    remote.faults.extend([500, 500])
    response = send(api_client)
    problems = anonymous.get("/readyz").json()["problems"]

    ModelPoller().poll()

    assert (response.status_code, response.json()["errors"][0]["code"]) == (503, "model_not_ready")
    assert int(response["Retry-After"]) > 0
    assert problems == ["The remote server that runs the model does not answer."]
    assert anonymous.get("/readyz").status_code == 200
    assert send(api_client).status_code == 201


def test_a_server_that_goes_while_nobody_sends_a_photo_is_noticed(remote: ProtocolServer, anonymous: APIClient) -> None:
    remote.is_ready = False
    remote.versions = ["0123456789ab"]
    ModelPoller().poll()
    ill = anonymous.get("/readyz")
    remote.is_ready, remote.versions = True, [ModelVersion.objects.get().version]
    ModelPoller().poll()

    assert ill.status_code == 503
    assert "does not answer" in ill.json()["problems"][0]
    assert anonymous.get("/readyz").status_code == 200


def test_a_server_that_serves_another_version_is_told_at_the_start(
    remote: ProtocolServer, anonymous: APIClient
) -> None:
    instance.reset()
    remote.versions = ["0123456789ab"]
    ModelPoller().poll()

    assert "its remote server does not serve it" in anonymous.get("/readyz").json()["problems"][0]
    assert "in version 0123456789ab" in ModelVersion.objects.get().load_error


def test_the_token_is_the_settings(remote: ProtocolServer, model_folder: Path, settings: Any) -> None:
    remote.token = settings.CLASSIFIER_REMOTE_TOKEN = "correct"

    assert instance.start(model_folder)
