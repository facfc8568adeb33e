"""The thread that swaps models: it follows the active row, and nothing ends it."""

from typing import Any

import pytest
from django.db import OperationalError

from classifier.inference import instance
from classifier.model_registry.poller import RETRY_BROKEN_AFTER_S, ModelPoller
from classifier.models import ModelVersion


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


def make_active_elsewhere(version: ModelVersion) -> None:
    """As another process does it: the row alone."""
    ModelVersion.objects.update(is_active=False)
    ModelVersion.objects.filter(pk=version.pk).update(is_active=True)


def test_one_look_follows_the_active_row(serving: ModelVersion, second: ModelVersion) -> None:
    make_active_elsewhere(second)

    ModelPoller().poll()

    assert instance.get().ref.name == "second"


def test_a_server_without_models_waits_for_the_first(serving: ModelVersion) -> None:
    instance.reset()
    ModelVersion.objects.update(is_active=False)
    poller = ModelPoller()
    poller.poll()
    make_active_elsewhere(serving)

    poller.poll()

    assert instance.get().ref.name == "colours"


def test_a_broken_version_is_tried_again_only_after_a_while(
    serving: ModelVersion, second: ModelVersion, clock: Clock
) -> None:
    weights = second.folder / "labels.json"
    whole = weights.read_bytes()
    weights.write_bytes(b"[]")
    make_active_elsewhere(second)
    poller = ModelPoller(clock=clock)
    poller.poll()
    weights.write_bytes(whole)

    clock.now_s = RETRY_BROKEN_AFTER_S - 1
    poller.poll()
    waited = instance.get().ref.name
    clock.now_s = RETRY_BROKEN_AFTER_S
    poller.poll()

    assert (waited, instance.get().ref.name) == ("colours", "second")
    assert not ModelVersion.objects.get(pk=second.pk).load_error


def test_another_version_need_not_wait_for_a_broken_one(
    serving: ModelVersion, second: ModelVersion, clock: Clock
) -> None:
    instance.reset()
    (second.folder / "labels.json").write_bytes(b"[]")
    make_active_elsewhere(second)
    poller = ModelPoller(clock=clock)
    poller.poll()
    make_active_elsewhere(serving)

    poller.poll()

    assert instance.get().ref.name == "colours"


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError("bad disk"), RuntimeError("odd")])
def test_whatever_fails_the_next_look_is_made(
    serving: ModelVersion, second: ModelVersion, monkeypatch: pytest.MonkeyPatch, clock: Clock, error: Exception
) -> None:
    def failing(_: Any) -> None:
        raise error

    make_active_elsewhere(second)
    poller = ModelPoller(clock=clock)
    with monkeypatch.context() as patched:
        patched.setattr(instance, "start", failing)
        poller.poll()
    clock.now_s = RETRY_BROKEN_AFTER_S

    poller.poll()

    assert instance.get().ref.name == "second"
