"""Training goes on from a model that training made, for the same classes or for others."""

from pathlib import Path

import numpy as np
import pytest

from classifier.inference.labels.reading import write_labels
from classifier.inference.packaging.folders import KERAS_FILE
from classifier.inference.packaging.folders import LABELS as LABELS_FILE
from classifier.inference.types import Label
from classifier.tests.examples import build_colour_model
from classifier.training.architectures import build
from classifier.training.dataset import DataSetError
from classifier.training.run import served
from classifier.training.starting_point import read_starting_point

LABELS = (Label("", "rose"), Label("", "tulip"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What training leaves of a model to go on from."""
    folder = tmp_path_factory.mktemp("flowers")
    served(build("compact_resnet", classes=2), 16).save(folder / KERAS_FILE)
    write_labels(folder / LABELS_FILE, LABELS)
    return folder


def test_the_same_classes_keep_every_weight(made: Path) -> None:
    start = read_starting_point(made, "compact_resnet", LABELS)
    model = build("compact_resnet", classes=2)

    start.copy_weights_to(model)

    for weight, trained in zip(model.get_weights(), start.network.get_weights(), strict=True):
        assert np.array_equal(weight, trained)


@pytest.mark.parametrize("classes", [2, 3])
def test_other_classes_keep_all_but_the_last_layer(made: Path, classes: int) -> None:
    start = read_starting_point(made, "compact_resnet", [Label("", f"mug_{number}") for number in range(classes)])
    model = build("compact_resnet", classes=classes)
    fresh = model.layers[-1].get_weights()[0].copy()

    start.copy_weights_to(model)

    assert np.array_equal(model.layers[1].get_weights()[0], start.network.layers[1].get_weights()[0])
    assert np.array_equal(model.layers[-1].get_weights()[0], fresh)


def test_a_model_that_was_not_trained_here_is_refused(tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="colours")

    with pytest.raises(DataSetError, match="is not a compact_resnet of train_model"):
        read_starting_point(folder, "compact_resnet", LABELS)
