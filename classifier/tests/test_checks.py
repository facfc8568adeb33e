"""Settings that cannot work are named before anything is served."""

from pathlib import Path
from typing import Any, get_args

import pytest
from django.db import connection

from classifier.checks import check_combinations, check_names, check_search, check_values
from classifier.conf import SETTINGS, Setting
from classifier.inference.engines import EngineKind, Precision

NUMBERS = [row for row in SETTINGS if row.at_least is not None]
CHOICES = [row for row in SETTINGS if row.choices]


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.name)
def test_a_number_that_makes_no_sense_is_named(settings: Any, row: Setting[Any]) -> None:
    setattr(settings, row.name, -1)

    (error,) = check_values()

    assert (error.id, error.msg) == ("classifier.E001", f"{row.name} is -1.")
    assert error.hint == f"Give {row.at_least} or more."


@pytest.mark.parametrize("row", CHOICES, ids=lambda row: row.name)
def test_a_choice_that_is_none_is_named(settings: Any, row: Setting[Any]) -> None:
    setattr(settings, row.name, "nonsense")

    (error,) = check_values()

    assert (error.id, error.msg) == ("classifier.E001", f"{row.name} is 'nonsense'.")
    assert error.hint == f"Choose one of {', '.join(row.choices)}."


def test_every_number_has_a_least() -> None:
    numbers = [row for row in SETTINGS if isinstance(row.default, int | float) and not isinstance(row.default, bool)]

    assert numbers == NUMBERS


def test_what_can_be_chosen_is_what_there_is() -> None:
    assert {row.name: row.choices for row in CHOICES} == {
        "CLASSIFIER_ENGINE": get_args(EngineKind),
        "CLASSIFIER_PRECISION": get_args(Precision),
    }


def test_keras_without_tensorflow_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CLASSIFIER_ENGINE = "keras"
    monkeypatch.setattr("classifier.checks.find_spec", lambda _: None)

    assert [message.id for message in check_combinations()] == ["classifier.E003"]


def test_a_certificate_that_is_not_there_is_named(settings: Any, tmp_path: Path) -> None:
    settings.CLASSIFIER_TLS_CERTIFICATE = str(tmp_path / "server.pem")
    assert [message.id for message in check_combinations()] == ["classifier.W006"]

    (tmp_path / "server.pem").touch()
    assert check_combinations() == []


def test_a_precision_that_the_engine_does_not_know_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CLASSIFIER_ENGINE, settings.CLASSIFIER_PRECISION = "keras", "bf16"
    monkeypatch.setattr("classifier.checks.find_spec", lambda _: object())

    assert [message.id for message in check_combinations()] == ["classifier.W001"]


@pytest.mark.parametrize("url", ["", "gpu:8000", "http://", "ftp://gpu", "http://gpu:photos", "http://gpu/?a=b"])
def test_a_remote_engine_without_an_address_is_named(settings: Any, url: str) -> None:
    settings.CLASSIFIER_ENGINE, settings.CLASSIFIER_REMOTE_URL = "remote", url

    assert [message.id for message in check_combinations()] == ["classifier.E008"]


@pytest.mark.parametrize(("engine", "found"), [("remote", []), ("openvino", ["classifier.W005"])])
def test_an_address_is_for_the_remote_engine_alone(settings: Any, engine: str, found: list[str]) -> None:
    settings.CLASSIFIER_ENGINE, settings.CLASSIFIER_REMOTE_URL = engine, "https://gpu.example.org/inference"

    assert [message.id for message in check_combinations()] == found


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("CLASSIFIER_TOPK", "Did you mean CLASSIFIER_TOP_K?"),
        ("CLASSIFIER_MAX_PIXELS", "Did you mean CLASSIFIER_MAX_IMAGE_PIXELS?"),
        ("CLASSIFIER_COLOUR", "Remove it; docs/settings.md lists the settings there are."),
    ],
)
def test_a_name_that_is_no_setting_is_told(monkeypatch: pytest.MonkeyPatch, name: str, hint: str) -> None:
    monkeypatch.setenv(name, "1")

    (warning,) = check_names()

    assert (warning.id, warning.msg) == ("classifier.W003", f"{name} is no setting; it changes nothing.")
    assert warning.hint == hint


def test_names_of_others_are_none_of_its_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSIFIERS", "1")
    monkeypatch.setenv("CLASSIFIER_TOP_K", "3")

    assert not check_names()


def test_the_defaults_have_no_problem() -> None:
    assert not [*check_values(), *check_combinations(), *check_names()]


def test_an_sqlite_without_full_text_search_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    before = check_search()
    monkeypatch.setattr("classifier.checks.FTS5", "an extension that it has not")

    found = check_search()

    assert before == []
    assert [error.id for error in found] == (["classifier.E009"] if connection.vendor == "sqlite" else [])
