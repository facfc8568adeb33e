"""`manage.py train_model` and `evaluate_model`, from folders of photos to figures."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from classifier.inference.packaging.export import Description, install_keras_model
from classifier.inference.types import Label
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.training.photos import save_colours, small_backbone
from classifier.training.fine_tuning import assemble
from classifier.training.heads import Head


@pytest.fixture
def backbone(tmp_path: Path, db: None) -> ModelVersion:
    """An installed model to build on."""
    import numpy as np

    small = small_backbone()
    folder = install_keras_model(
        assemble(small, Head(np.zeros((16, 2), np.float32), np.zeros(2, np.float32))),
        models_dir=tmp_path / "models",
        preprocessing=small.preprocessing,
        labels=[Label("", "a"), Label("", "b")],
        description=Description("small", "small", weights_sha256=""),
    )
    return versions.register(folder)


def test_a_model_is_trained_activated_and_evaluated(
    backbone: ModelVersion, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = save_colours(tmp_path / "photos")
    said, rows = StringIO(), tmp_path / "rows.csv"

    call_command("train_model", photos, output="colours", backbone="small", activate=True, stdout=said)
    call_command("evaluate_model", photos, csv=rows, stdout=said)

    active = versions.active()
    assert active is not None
    assert active.name == "colours"
    assert "on 18 held-out photos" in said.getvalue()
    assert f"{active}: top-1 100.0%" in said.getvalue()
    assert "fewer than 20 photos" in capsys.readouterr().err
    with rows.open(newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == 18
    assert {row["truth"] for row in table if row["right"] == "1"} == {"blue", "green", "red"}


def test_a_folder_that_the_model_has_no_class_for_is_named(serving: ModelVersion, tmp_path: Path) -> None:
    photos = save_colours(tmp_path / "photos")
    (photos / "red").rename(photos / "violet")

    with pytest.raises(CommandError, match="no class 'violet'"):
        call_command("evaluate_model", photos)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"output": "My Flowers"}, "lower-case letters"),
        ({"output": "a" * 101}, "at most 100 lower-case letters"),
        ({"output": "a", "epochs": 0}, "--epochs"),
        ({"output": "a", "seed": -1}, "--seed must be from 0 to 4294967295"),
        ({"output": "a", "seed": 2**32}, "--seed must be from 0"),
    ],
)
def test_options_that_cannot_work_are_refused(tmp_path: Path, options: dict[str, object], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("train_model", tmp_path, **options)


def test_a_folder_without_classes_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no class folders"):
        call_command("train_model", tmp_path, output="a")
