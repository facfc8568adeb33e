"""The engine that serves: what it takes of a model folder, and what it says of a wrong one."""

from pathlib import Path

import numpy as np
import pytest

from classifier.inference.engines.openvino import open_folder
from classifier.inference.errors import BrokenModelFolderError
from classifier.inference.types import Preprocessing

COLOURS = Preprocessing(16, 16, "crop", "unit")


def test_answers_stay_what_they_were_when_the_next_photo_comes(model_folder: Path) -> None:
    engine = open_folder(model_folder, COLOURS, "f32")
    red, blue = (np.full((16, 16, 3), colour, np.float32) for colour in ((1, 0, 0), (0, 0, 1)))

    scores = [engine.start(photo)().scores for photo in (red, blue, red, blue)]

    assert [found.argmax() for found in scores] == [0, 2, 0, 2]


def test_a_folder_that_tells_another_size_than_its_network_takes_is_broken(model_folder: Path) -> None:
    with pytest.raises(BrokenModelFolderError, match=r"takes \[1,16,16,3\]"):
        open_folder(model_folder, Preprocessing(8, 8, "crop", "unit"), "f32")
