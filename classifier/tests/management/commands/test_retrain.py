from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from classifier.management.commands import retrain
from classifier.model_registry import versions
from classifier.models import ModelVersion, Retraining
from classifier.tests.feedback.lessons import teach
from classifier.tests.training.blocks import build_blocks_model


@pytest.fixture(autouse=True)
def usual_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lowers it lasts as long as the thread, which is that of all tests."""
    monkeypatch.setattr(retrain, "lower_thread_priority", lambda _: None)


@pytest.fixture
def learner(db: None, tmp_path: Any) -> ModelVersion:
    version = versions.register(build_blocks_model(tmp_path / "own"))
    versions.activate(version)
    return version


def test_it_says_what_was_judged_and_how_to_go_back(
    user: User, learner: ModelVersion, capsys: pytest.CaptureFixture[str]
) -> None:
    teach(user, each=8)

    call_command("retrain", "--promote")

    told = capsys.readouterr().out
    candidate = versions.active()
    assert "It is better on corrections" in told
    assert f"{candidate} is active. To go back: manage.py activate_model {learner}" in told


def test_without_promotion_it_says_how_to_serve_it(
    user: User, learner: ModelVersion, capsys: pytest.CaptureFixture[str]
) -> None:
    teach(user, each=8)

    call_command("retrain")

    row = Retraining.objects.get()
    assert f"To serve it: manage.py activate_model {row.candidate}" in capsys.readouterr().out
    assert versions.active() == learner


def test_too_few_corrections_are_no_failure(learner: ModelVersion, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("retrain", "--dry-run")

    assert "10 more" in capsys.readouterr().out


def test_what_cannot_be_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="leave one of the two out"):
        call_command("retrain", "--dry-run", "--promote")
    with pytest.raises(CommandError, match="No model is active"):
        call_command("retrain")
