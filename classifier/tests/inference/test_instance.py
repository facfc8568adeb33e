"""The process's classifier runs as the settings say."""

from pathlib import Path
from typing import Any

import pytest

from classifier.inference import instance
from classifier.inference.errors import BrokenModelFolderError
from classifier.inference.packaging.precision import is_bf16_known
from classifier.tests.examples import picture


def test_the_engine_can_be_chosen(settings: Any, model_folder: Path) -> None:
    assert instance.start(model_folder)

    settings.CLASSIFIER_ENGINE = "keras"

    with pytest.raises(BrokenModelFolderError, match=r"model\.keras"):  # the folder was made for openvino alone
        instance.start(model_folder)


def test_how_sure_an_answer_must_be_can_be_chosen(settings: Any, model_folder: Path) -> None:
    measured = instance.start(model_folder).classify(picture("red"))
    settings.CLASSIFIER_SURE_PROBABILITY = 1.0

    strict = instance.start(model_folder).classify(picture("red"))

    assert (measured.answer.kind, measured.answer.label) == ("exact", "red")
    assert (strict.answer.kind, strict.answer.label) == ("unsure", "")


@pytest.mark.skipif(not is_bf16_known(), reason="this processor computes in f32 alone")
def test_the_precision_can_be_chosen(settings: Any, lite0: Path) -> None:
    exact = instance.start(lite0).classify(picture("orange"))
    settings.CLASSIFIER_PRECISION = "bf16"

    faster = instance.start(lite0).classify(picture("orange"))

    assert faster.top[0].probability != exact.top[0].probability
