"""A network that is stuck or fails: reported by /readyz, and loaded anew."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.test import Client

from classifier.errors import ModelRestartingError
from classifier.inference import instance
from classifier.inference.engines.openvino import OpenVinoEngine
from classifier.inference.packaging.manifests import read_manifest
from classifier.model_registry.poller import ModelPoller
from classifier.models import ModelVersion
from classifier.tests.examples import BrokenEngine, picture, service_with


class StuckRequest:
    """In the place of OpenVINO's own, which cannot be made to hang."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.entered, self.release = threading.Event(), threading.Event()
        self._input = SimpleNamespace(data=np.zeros(shape, np.float32))

    def get_input_tensor(self) -> SimpleNamespace:
        return self._input

    def start_async(self) -> None:
        self.entered.set()

    def wait(self) -> None:
        self.release.wait(10)
        raise RuntimeError("let go")


@pytest.fixture
def stuck(serving: ModelVersion, model_folder: Path, settings: Any) -> Iterator[StuckRequest]:
    """The serving network hangs, and has one place."""
    settings.CLASSIFIER_INFERENCE_TIMEOUT_S = 0
    wanted = read_manifest(model_folder).preprocessing
    request = StuckRequest((1, wanted.height_px, wanted.width_px, 3))
    network: Any = SimpleNamespace(create_infer_request=lambda: request)
    instance.use(service_with(OpenVinoEngine(network, places=1), model_folder))
    yield request
    request.release.set()


def classify() -> object:
    return instance.get().classify(picture("red"))


def test_a_stuck_network_is_reported_and_replaced(stuck: StuckRequest, client: Client) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(classify)
        assert stuck.entered.wait(5)
        ill = client.get("/readyz")
        ModelPoller().poll()
        well = client.get("/readyz")
        stuck.release.set()

    assert ill.status_code == 503
    assert "has been running" in ill.json()["problems"][0]
    assert well.status_code == 200
    assert classify()


def test_those_who_wait_for_a_stuck_network_are_sent_away(stuck: StuckRequest) -> None:
    with ThreadPoolExecutor(3) as pool:
        pool.submit(classify)
        assert stuck.entered.wait(5)
        waiting: list[Future[object]] = [pool.submit(classify) for _ in range(2)]
        ModelPoller().poll()
        errors = [type(future.exception(timeout=5)) for future in waiting]
        stuck.release.set()

    assert errors == [ModelRestartingError] * 2


def test_a_network_that_failed_is_reported_and_replaced(
    serving: ModelVersion, model_folder: Path, client: Client
) -> None:
    instance.use(service_with(BrokenEngine(), model_folder))
    with pytest.raises(RuntimeError):
        classify()
    ill = client.get("/readyz").status_code
    ModelPoller().poll()

    assert (ill, client.get("/readyz").status_code) == (503, 200)
