"""What is done while the network is at a photo."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from classifier.inference.engines import Engine, open_engine
from classifier.inference.packaging.folders import read_model_labels
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.service import ClassifierService
from classifier.inference.types import Inferred, Pixels, Scores
from classifier.tests.examples import picture, service_with


class RecordingEngine:
    """An engine that notes its steps, counts its photos under way, and can fail."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.steps: list[str] = []
        self.under_way = 0
        self.fails = False

    def predict(self, batch: Pixels) -> Scores:
        return self._engine.predict(batch)

    def start(self, pixels: Pixels) -> Callable[[], Inferred]:
        self.steps.append("start")
        self.under_way += 1
        finish = self._engine.start(pixels)

        def finished() -> Inferred:
            self.steps.append("finish")
            self.under_way -= 1
            inferred = finish()
            if self.fails:
                raise RuntimeError("The network failed.")
            return inferred

        return finished

    def check(self) -> None:
        self._engine.check()

    def give_up(self) -> None:
        self._engine.give_up()

    def close(self) -> None:
        self._engine.close()


@pytest.fixture
def engine(model_folder: Path) -> RecordingEngine:
    return RecordingEngine(open_engine("openvino", model_folder, read_manifest(model_folder).preprocessing))


@pytest.fixture
def service(model_folder: Path, engine: RecordingEngine) -> ClassifierService:
    return service_with(engine, model_folder)


def test_the_body_runs_between_start_and_end(service: ClassifierService, engine: RecordingEngine) -> None:
    with service.started(picture("red")) as inference:
        engine.steps.append("body")
        classification = inference.classification(top_k=2)

    assert engine.steps == ["start", "body", "finish"]
    assert classification.top[0].label == "red"
    assert len(classification.top) == 2


def test_a_body_that_fails_leaves_the_network_free_and_well(
    service: ClassifierService, engine: RecordingEngine
) -> None:
    with pytest.raises(OSError, match="no thumbnail"), service.started(picture("red")):
        raise OSError("no thumbnail")

    assert engine.under_way == 0
    assert service.watchdog.problem(timeout_s=0) == ""


def test_a_body_that_does_not_ask_waits_all_the_same(service: ClassifierService, engine: RecordingEngine) -> None:
    with service.started(picture("red")):
        pass

    assert engine.steps == ["start", "finish"]


def test_a_classification_may_be_asked_for_twice(service: ClassifierService, engine: RecordingEngine) -> None:
    with service.started(picture("red")) as inference:
        assert inference.classification(top_k=1).top == inference.classification(top_k=3).top[:1]

    assert engine.steps == ["start", "finish"]


def test_a_network_that_failed_is_not_asked_again(service: ClassifierService, engine: RecordingEngine) -> None:
    engine.fails = True

    with service.started(picture("red")) as inference:
        for _ in range(2):
            with pytest.raises(RuntimeError):
                inference.classification()

    assert engine.steps == ["start", "finish"]


def test_a_network_that_failed_is_reported_until_it_has_answered(
    service: ClassifierService, engine: RecordingEngine
) -> None:
    engine.fails = True
    with pytest.raises(RuntimeError, match="The network failed"):
        service.classify(picture("red"))
    problem = service.watchdog.problem(timeout_s=1)
    engine.fails = False
    service.classify(picture("red"))

    assert problem == "The last inference failed."
    assert service.watchdog.problem(timeout_s=1) == ""


def test_how_sure_an_answer_must_be_belongs_to_the_model(model_folder: Path) -> None:
    manifest = replace(read_manifest(model_folder), sure_probability=1.0)
    engine = open_engine("openvino", model_folder, manifest.preprocessing)
    labels = read_model_labels(model_folder)

    own = ClassifierService(engine=engine, manifest=manifest, labels=labels)
    asked = ClassifierService(engine=engine, manifest=manifest, labels=labels, sure_probability=0.5)

    assert own.classify(picture("red")).answer.kind == "unsure"
    assert asked.classify(picture("red")).answer.kind == "exact"
