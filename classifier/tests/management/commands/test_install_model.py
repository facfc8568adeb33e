"""Models are installed on the command line; options that would change nothing are refused."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from classifier.model_registry import versions
from classifier.tests.commands import run
from classifier.tests.examples import build_colour_model


@pytest.mark.parametrize("option", [["--input-size", "160"], ["--resize", "stretch"], ["--scaling", "unit"]])
def test_a_named_architecture_brings_its_own_preprocessing(db: None, option: list[str]) -> None:
    with pytest.raises(CommandError, match=f"{option[0]} cannot be used with a named architecture"):
        call_command("install_model", "mobilenet_v2", *option)


def test_an_own_file_brings_its_own_weights(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--weights cannot be used with a file with a whole network"):
        call_command("install_model", str(tmp_path / "mine.keras"), "--weights", "resnet50.h5")


def test_a_model_folder_brings_everything(db: None, tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="colours")

    with pytest.raises(CommandError, match="--labels cannot be used with a model folder"):
        call_command("install_model", str(folder), "--labels", "names.txt")


def test_a_folder_without_a_model_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a model folder"):
        call_command("install_model", str(tmp_path))


def test_a_model_is_installed_activated_and_listed(db: None, tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="colours")

    out, _ = run("install_model", str(folder), "--activate")

    version = versions.find("colours")
    assert f"{version} is active" in out
    assert f"* │ {version}" in run("list_models")[0]


def test_an_unknown_model_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="No architecture 'nonsense'"):
        run("install_model", "nonsense")
