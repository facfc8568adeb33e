"""The engine that runs Keras itself."""

from pathlib import Path

import pytest

from classifier.inference.errors import BrokenModelFolderError
from classifier.inference.service import ClassifierService
from classifier.tests.examples import build_colour_model


def test_the_keras_engine_needs_its_file(tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="colours")

    with pytest.raises(BrokenModelFolderError, match=r"model\.keras"):
        ClassifierService.open(folder, engine="keras")
