"""Training learns, and after a kill goes on to the very network that the same seed trains undisturbed."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.service import ClassifierService
from classifier.training.architectures import build
from classifier.training.dataset import DataSetError
from classifier.training.recipe import Recipe
from classifier.training.run import Callbacks, Trained, served, train_model

RECIPE = Recipe(
    image_size_px=16,
    epochs=8,
    batch_size=8,
    learning_rate=0.05,
    held_out_fraction=0.25,
    mixed_precision=False,
)


RUN = """
import sys
from pathlib import Path
from classifier.tests.training.test_run import RECIPE
from classifier.training.run import Callbacks, train_model
data, work_dir = map(Path, sys.argv[1:])
callbacks = Callbacks(on_step=lambda progress: print(progress.epoch, progress.step, flush=True))
train_model(data, name="stripes", recipe=RECIPE, work_dir=work_dir, models_dir=work_dir, callbacks=callbacks)
"""


@pytest.fixture(scope="module")
def stripes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes that differ in the direction of their stripes."""
    data = tmp_path_factory.mktemp("stripes")
    random = np.random.default_rng(0)
    for number in range(24):
        for name in ("horizontal", "vertical"):
            rows = (random.random() * 40 + np.arange(24) // 3 % 2 * 200).astype(np.uint8)
            pixels = np.broadcast_to(rows[:, None] if name == "horizontal" else rows[None, :], (24, 24))
            (data / name).mkdir(exist_ok=True)
            Image.fromarray(np.ascontiguousarray(pixels)).convert("RGB").save(data / name / f"{number}.png")
    return data


@pytest.fixture(scope="module")
def killed(stripes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run leaves that was killed in the middle of its second epoch."""
    work_dir = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-c", RUN, str(stripes), str(work_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.split() == ["2", "2"]:
                process.kill()
    assert process.returncode == -signal.SIGKILL
    return work_dir


@pytest.fixture(scope="module")
def undisturbed(stripes: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    home = tmp_path_factory.mktemp("undisturbed")
    return train_model(stripes, name="stripes", recipe=RECIPE, work_dir=home / "work", models_dir=home / "models")


def test_a_trained_model_folder_serves_and_tells_the_classes_apart(stripes: Path, undisturbed: Trained) -> None:
    service = ClassifierService.open(undisturbed.folder)
    answer = service.classify(Image.open(stripes / "vertical/0.png").convert("RGB"))
    service.close()

    assert undisturbed.report.top_1 >= 0.9
    assert answer.top[0].label == "vertical"


def test_a_run_killed_and_resumed_trains_the_very_network_of_an_undisturbed_one(
    stripes: Path, killed: Path, undisturbed: Trained, tmp_path: Path
) -> None:
    epochs: list[int] = []
    callbacks = Callbacks(on_step=lambda progress: epochs.append(progress.epoch))

    resumed = train_model(
        stripes, name="stripes", recipe=RECIPE, work_dir=killed, models_dir=tmp_path, resume=True, callbacks=callbacks
    )

    assert epochs[0] == 2, "the first epoch was trained before the kill and is not trained again"
    assert read_manifest(resumed.folder).weights_sha256 == read_manifest(undisturbed.folder).weights_sha256
    assert resumed.report == undisturbed.report


def test_a_run_is_not_resumed_with_other_options(stripes: Path, tmp_path: Path) -> None:
    (tmp_path / "recipe.json").write_text('{"epochs": 99}')

    with pytest.raises(DataSetError, match="other options"):
        train_model(
            stripes,
            name="t",
            recipe=RECIPE,
            work_dir=tmp_path,
            models_dir=tmp_path,
            resume=True,
            callbacks=Callbacks(),
        )


def test_a_picture_and_its_mirror_image_get_the_same_answer() -> None:
    network = served(build("compact_resnet", classes=3), 16)
    picture = np.random.default_rng(0).uniform(-1, 1, (1, 16, 16, 3)).astype(np.float32)

    assert np.allclose(network(picture), network(picture[:, :, ::-1]), atol=1e-6)
