"""The Open Inference Protocol as our own remote engine speaks it: one of our servers may run networks for another."""

from pathlib import Path

import numpy as np
import pytest
from rest_framework.test import APIClient

from classifier.inference import instance
from classifier.inference.errors import RemoteModelError
from classifier.inference.service import ClassifierService
from classifier.inference.types import RemoteServer
from classifier.models import ModelVersion
from classifier.tests.compat.test_open_inference import infer
from classifier.tests.examples import picture


def test_another_of_our_servers_gives_the_same_digits(
    serving: ModelVersion, model_folder: Path, address: str, token: str
) -> None:
    remote = ClassifierService.open(model_folder, engine="remote", remote=RemoteServer(address, token))
    photo = picture((30, 200, 90), (300, 200))

    assert remote.classify(photo).top == instance.get().classify(photo).top


def test_without_its_token_the_server_says_what_is_missing(model_folder: Path, address: str) -> None:
    with pytest.raises(RemoteModelError, match=r"answers 401.*check CLASSIFIER_REMOTE_URL and _TOKEN"):
        ClassifierService.open(model_folder, engine="remote", remote=RemoteServer(address))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e30, 1001.0])
def test_pixels_that_no_scaling_makes_are_refused(serving: ModelVersion, api_client: APIClient, value: float) -> None:
    data = np.full(16 * 16 * 3, value).tolist()
    answer = infer(
        api_client, {"inputs": [{"name": "image", "datatype": "FP32", "shape": [1, 16, 16, 3], "data": data}]}
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("shape", [[1, 8, 8, 3], [16, 16, 3], [0, 16, 16, 3]])
def test_pixels_of_another_size_than_the_networks_are_refused(
    serving: ModelVersion, api_client: APIClient, shape: list[int]
) -> None:
    data = [0.5] * int(np.prod(shape))
    answer = infer(api_client, {"inputs": [{"name": "image", "datatype": "FP32", "shape": shape, "data": data}]})

    assert answer.status_code == 400
    assert "photo" in answer.json()["error"]
