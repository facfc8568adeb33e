"""Fine-tuning: it learns, and goes on from its last whole epoch."""

from pathlib import Path

import numpy as np
import pytest

from classifier.tests.training.photos import save_colours, small_backbone
from classifier.training.dataset import find_photos
from classifier.training.fine_tuning import Progress, assemble, fine_tune
from classifier.training.heads import Head

UNKNOWING = Head(np.zeros((16, 3), np.float32), np.zeros(3, np.float32))


class StoppedError(Exception):
    pass


def test_the_loss_falls(tmp_path: Path) -> None:
    photos, backbone = find_photos(save_colours(tmp_path / "photos")), small_backbone()
    losses: list[float] = []

    fine_tune(
        assemble(backbone, UNKNOWING),
        backbone,
        photos.paths,
        photos.targets,
        epochs=4,
        seed=0,
        work_dir=tmp_path / "work",
        on_batch=lambda progress: losses.append(progress.loss),
    )

    assert losses[-1] < losses[0]


def test_a_stopped_run_goes_on_after_its_last_whole_epoch(tmp_path: Path) -> None:
    photos, backbone = find_photos(save_colours(tmp_path / "photos")), small_backbone()
    epochs: list[int] = []

    def stop_in_the_third(progress: Progress) -> None:
        if progress.epoch == 3:
            raise StoppedError

    def run(on_batch: object) -> None:
        fine_tune(
            assemble(backbone, UNKNOWING),
            backbone,
            photos.paths,
            photos.targets,
            epochs=4,
            seed=0,
            work_dir=tmp_path / "work",
            on_batch=on_batch,  # type: ignore[arg-type]
        )

    with pytest.raises(StoppedError):
        run(stop_in_the_third)
    run(lambda progress: epochs.append(progress.epoch))

    assert set(epochs) == {3, 4}
