"""The model of a fresh server, wherever it can be had."""

import urllib.error
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from classifier.inference import instance
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
def starter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(prepare_model, "STARTER", build_colour_model(tmp_path / "bundled", name="starter"))


def prepare(capsys: pytest.CaptureFixture[str]) -> list[str]:
    call_command("prepare_model")
    return capsys.readouterr().out.splitlines()


def test_an_active_model_stays(serving: ModelVersion, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepare(capsys) == [f"Model: {serving}"]


def test_without_a_network_the_starter_serves(
    db: None, offline: None, starter: None, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *_ = prepare(capsys)

    assert "cannot be reached" in first
    assert instance.get().ref.name == "starter"


@pytest.mark.skipif(not prepare_model.STARTER.is_dir(), reason="needs the bundled model, which is not here")
def test_the_bundled_starter_can_serve(db: None, offline: None, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(capsys)

    assert instance.get().ref.name == "starter"


def test_a_download_that_breaks_off_leaves_the_starter_serving(
    db: None, starter: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(name: str, *arguments: Any, **options: Any) -> Any:
        if arguments == (prepare_model.DEFAULT,):
            raise CommandError("the line went dead")
        return call_command(name, *arguments, **options)

    monkeypatch.setattr(prepare_model, "ensure_reachable", lambda *_, **__: None)
    monkeypatch.setattr(prepare_model, "call_command", broken_off)

    first, *_ = prepare(capsys)

    assert "the line went dead" in first
    assert instance.get().ref.name == "starter"


def test_without_network_and_starter_it_says_how_to_go_on(
    db: None, offline: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare_model, "STARTER", tmp_path / "absent")

    told = "\n".join(prepare(capsys))

    assert "--weights FILE" in told
    assert "KERAS_HOME" in told
    assert versions.active() is None
