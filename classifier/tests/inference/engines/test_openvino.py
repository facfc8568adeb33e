"""The engine that serves: what it takes of a model folder, and what it says of a wrong one."""

import os
from concurrent.futures import ThreadPoolExecutor
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


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no process can be kept to a core here")
def test_a_process_that_is_kept_to_a_core_has_one_place(model_folder: Path) -> None:
    def places_on_one_core() -> int:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # of this thread, which ends
        return open_folder(model_folder, COLOURS, "f32").places

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(places_on_one_core).result() == 1
