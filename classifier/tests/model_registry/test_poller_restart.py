"""A network that is stuck or fails: told by /readyz, and loaded anew."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.test import Client

from classifier.errors import ModelNotReadyError
from classifier.inference import instance
from classifier.model_registry.poller import ModelPoller
from classifier.models import ModelVersion
from classifier.tests.examples import picture


class StuckRequest:
    """In the place of OpenVINO's own, which cannot be made to hang."""

    def __init__(self) -> None:
        self.entered, self.release = threading.Event(), threading.Event()

    def start_async(self, *_: object, **__: object) -> None:
        self.entered.set()

    def wait(self) -> None:
        self.release.wait(10)
        raise RuntimeError("let go")


@pytest.fixture
def stuck(serving: ModelVersion, settings: Any) -> Iterator[StuckRequest]:
    """Every infer request of the serving network hangs."""
    settings.CLASSIFIER_INFERENCE_TIMEOUT_S = 0
    request = StuckRequest()
    idle = instance.get()._engine._idle  # type: ignore[attr-defined]
    place = idle.get()
    while idle.qsize():
        idle.get()
    place.request = request
    idle.put(place)
    yield request
    request.release.set()


def classify() -> object:
    return instance.get().classify(picture("red"))


def test_a_stuck_network_is_told_and_replaced(stuck: StuckRequest, client: Client) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(classify)
        assert stuck.entered.wait(5)
        ill = client.get("/readyz")
        ModelPoller().poll()
        well = client.get("/readyz")
        stuck.release.set()

    assert ill.status_code == 503
    assert "at one photo" in ill.json()["problems"][0]
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

    assert errors == [ModelNotReadyError] * 2


def test_a_network_that_failed_is_told_and_replaced(
    serving: ModelVersion, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(instance.get()._engine, "start", fail)
    with pytest.raises(RuntimeError):
        classify()
    ill = client.get("/readyz").status_code
    ModelPoller().poll()

    assert (ill, client.get("/readyz").status_code) == (503, 200)
