"""An installed model is made the one that serves."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from classifier.inference import instance
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.commands import run
from classifier.tests.examples import build_colour_model


def test_an_installed_model_waits_to_be_activated(serving: ModelVersion, tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="second", gain=3.0)

    out, _ = run("install_model", str(folder))
    assert "activate_model second-" in out
    run("activate_model", "second")

    assert instance.get().ref.name == "second"


def test_a_model_that_cannot_serve_is_not_activated(serving: ModelVersion, tmp_path: Path) -> None:
    run("install_model", str(build_colour_model(tmp_path, name="second", gain=3.0)))
    (versions.find("second").folder / "model.bin").write_bytes(b"nonsense")

    with pytest.raises(CommandError, match=f"altered.*{serving} stays active"):
        run("activate_model", "second")

    assert "altered" in run("list_models")[0].replace("\n", "")
