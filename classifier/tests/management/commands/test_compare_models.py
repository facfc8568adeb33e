"""`compare_models`: what it prints."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management.base import CommandError

from classifier.management.commands import compare_models
from classifier.model_registry import versions
from classifier.models import ModelComparison, ModelVersion
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.process.priority import Priority
from classifier.tests.commands import run
from classifier.tests.examples import build_places_model, encoded, picture, upload
from classifier.tests.locks import held_elsewhere


@pytest.fixture(autouse=True)
def lowered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How far the command lowers its priority: the tests after it would have to live with it."""
    by: list[int] = []
    monkeypatch.setattr(compare_models, "lower_thread_priority", by.append)
    return by


@pytest.fixture
def confused(db: None, tmp_path: Path) -> ModelVersion:
    """A model that answers red whatever it sees."""
    return versions.register(build_places_model(tmp_path / "confused", name="confused", bias=100.0))


def test_it_tells_where_the_models_agree_and_what_they_take(
    serving: ModelVersion, confused: ModelVersion, user: User, lowered: list[int]
) -> None:
    for colour in ("red", "blue"):
        data = encoded(picture(colour), "PNG")
        services.classify_upload(sender=Sender(user), upload=upload(data))

    printed, _ = run("compare_models", "colours", "confused", "--photos", "5")

    assert lowered == [Priority.LOWEST]
    assert "Of 2 photos, the best label is the same for 1 (50.0%)." in printed
    assert "Nobody has said what these photos show" in printed
    assert f"{confused}: " in printed
    assert "blue (100%), then red (100%)" in printed


def test_without_photos_it_says_so(serving: ModelVersion, confused: ModelVersion) -> None:
    assert "No stored photo could be looked at." in run("compare_models", "colours", "confused")[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("colours", "grey"), "No model 'grey'"),
        (("colours", "colours", "--photos", "0"), "from 1 to 20,000"),
        (("colours", "colours", "--photos", "20001"), "from 1 to 20,000"),
    ],
)
def test_what_is_wrong_is_told(serving: ModelVersion, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run("compare_models", *arguments)
    assert not ModelComparison.objects.exists()


def test_a_second_one_does_not_begin(serving: ModelVersion) -> None:
    with held_elsewhere("model-comparison"), pytest.raises(CommandError, match="Another comparison"):
        run("compare_models", "colours", "colours")
