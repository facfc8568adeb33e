"""What is done while the network is at a photo."""

from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.inference.service import ClassifierService
from classifier.inference.types import Inferred, Pixels
from classifier.tests.examples import picture


class Recorded:
    """In the place of a service's engine, which it calls: tells when, and can fail."""

    def __init__(self, service: ClassifierService, steps: list[str]) -> None:
        self._engine, self._steps = service._engine, steps
        self.fails = False

    def start(self, pixels: Pixels) -> Callable[[], Inferred]:
        self._steps.append("start")
        finish = self._engine.start(pixels)

        def finished() -> Inferred:
            self._steps.append("finish")
            inferred = finish()
            if self.fails:
                raise RuntimeError("The network failed.")
            return inferred

        return finished


@pytest.fixture
def steps() -> list[str]:
    return []


@pytest.fixture
def service(model_folder: Path) -> ClassifierService:
    return ClassifierService.open(model_folder)


@pytest.fixture
def engine(service: ClassifierService, steps: list[str], monkeypatch: pytest.MonkeyPatch) -> Recorded:
    recorded = Recorded(service, steps)
    monkeypatch.setattr(service, "_engine", recorded)
    return recorded


def test_it_is_done_between_start_and_answer(service: ClassifierService, engine: Recorded, steps: list[str]) -> None:
    answer = service.classify(picture("red"), meanwhile=lambda: steps.append("meanwhile"))

    assert steps == ["start", "meanwhile", "finish"]
    assert answer.top[0].label == "red"


def test_what_it_raises_is_raised_and_the_network_is_free_and_well(service: ClassifierService) -> None:
    def fail() -> None:
        raise OSError("no")

    idle = service._engine._idle.qsize()  # type: ignore[attr-defined]
    with pytest.raises(OSError, match="no"):
        service.classify(picture("red"), meanwhile=fail)

    assert service._engine._idle.qsize() == idle  # type: ignore[attr-defined]
    assert service.watchdog.problem(timeout_s=1) == ""


def test_a_network_that_failed_is_ill_until_it_has_answered(service: ClassifierService, engine: Recorded) -> None:
    told: list[str] = []
    engine.fails = True
    for _ in range(2):
        with pytest.raises(RuntimeError):
            service.classify(picture("red"), meanwhile=lambda: told.append(service.watchdog.problem(timeout_s=1)))
    engine.fails = False
    service.classify(picture("red"))

    assert told == ["", "The model failed at the last photo."]
    assert service.watchdog.problem(timeout_s=1) == ""
