"""`manage.py prepare_for_phones`."""

from pathlib import Path

from classifier.models import ModelVersion
from classifier.tests.commands import run
from classifier.tests.examples import add_on_device


def test_without_a_model_it_says_so(db: None) -> None:
    assert run("prepare_for_phones") == ("No model is active.\n", "")


def test_a_network_that_came_from_elsewhere_has_no_form(serving: ModelVersion) -> None:
    assert "that needs a network of Keras 3" in run("prepare_for_phones")[0]


def test_what_is_there_stays(serving: ModelVersion, tmp_path: Path) -> None:
    add_on_device(serving, tmp_path)

    assert run("prepare_for_phones")[0].startswith("For phones, in float16: ")
