"""The installed models as a list."""

import re
from pathlib import Path

import pytest

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.commands import run
from classifier.tests.examples import PUBLISHED, build_colour_model


@pytest.mark.parametrize("error", ["Exception [/plugin.cpp:9] check failed", "[gpu] lost"])
def test_a_load_error_is_shown_letter_for_letter(serving: ModelVersion, error: str) -> None:
    ModelVersion.objects.update(load_error=error)

    shown = re.sub(r"[\s│]+", " ", run("list_models")[0])

    assert set(error.split()) <= set(shown.split())


def test_a_listed_model_tells_who_says_how_good_it_is_and_its_licence(db: None, tmp_path: Path) -> None:
    versions.register(build_colour_model(tmp_path, name="known", published=PUBLISHED, license="Apache-2.0"))

    shown = re.sub(r"[\s│]+", " ", run("list_models")[0])

    assert "top-1 75.1% published" in shown
    assert "Apache-2.0" in shown
    assert "Published: on ImageNet validation, https://example.org/figures" in shown


def test_the_whole_version_is_shown_however_much_else_there_is(db: None, tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="efficientnet_lite0", published=PUBLISHED, license="Apache-2.0")
    version = versions.register(folder)
    ModelVersion.objects.update(load_error="It could not be loaded, for a reason that takes a while to tell. " * 3)

    assert str(version) in run("list_models")[0]


def test_an_empty_list_says_what_to_type(db: None) -> None:
    assert "install_model resnet50 --activate" in run("list_models")[0]
