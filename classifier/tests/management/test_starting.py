"""What a process does before it takes requests: it waits for its model, and for nothing that will not come."""

import pytest
from django.db import OperationalError

from classifier.inference import instance
from classifier.management.starting import wait_for_model
from classifier.model_registry import versions
from classifier.models import ModelVersion


def waits_s(*, goes_on: bool = True) -> float:
    """How long the process waited, of a model that comes after a second."""
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        if sum(waited) >= 1:
            versions.serve_active()

    wait_for_model(goes_on=lambda: goes_on, pause=pause)
    return sum(waited)


def test_a_model_that_is_being_loaded_is_waited_for(serving: ModelVersion) -> None:
    instance.reset()

    assert waits_s() >= 1
    assert instance.get().ref.name == serving.name


def test_one_that_serves_is_not(serving: ModelVersion) -> None:
    assert waits_s() == 0


def test_none_is_waited_for_where_none_is_active(db: None) -> None:
    instance.reset()

    assert waits_s() == 0


def test_one_that_cannot_be_loaded_is_not_waited_for(serving: ModelVersion) -> None:
    instance.reset()
    ModelVersion.objects.update(load_error="broken")

    assert waits_s() == 0


def test_a_process_that_is_told_to_end_ends(serving: ModelVersion) -> None:
    instance.reset()

    assert waits_s(goes_on=False) == 0


def test_a_silent_database_is_not_waited_for(serving: ModelVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> None:
        raise OperationalError

    instance.reset()
    monkeypatch.setattr("classifier.model_registry.versions.active", silent)

    assert waits_s() == 0
