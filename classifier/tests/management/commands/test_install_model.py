"""Options of install_model that would change nothing are refused."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from classifier.tests.examples import build_colour_model


@pytest.mark.parametrize("option", [["--input-size", "160"], ["--resize", "stretch"], ["--scaling", "unit"]])
def test_a_named_architecture_brings_its_own_preprocessing(db: None, option: list[str]) -> None:
    with pytest.raises(CommandError, match=f"{option[0]} does nothing for a named architecture"):
        call_command("install_model", "mobilenet_v2", *option)


def test_an_own_file_brings_its_own_weights(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--weights does nothing for an own file"):
        call_command("install_model", str(tmp_path / "mine.keras"), "--weights", "resnet50.h5")


def test_a_model_folder_brings_everything(db: None, tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="colours")

    with pytest.raises(CommandError, match="--labels does nothing for a model folder"):
        call_command("install_model", str(folder), "--labels", "names.txt")


def test_a_folder_without_a_model_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a model folder"):
        call_command("install_model", str(tmp_path))
