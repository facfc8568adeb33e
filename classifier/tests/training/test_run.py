"""Training learns, is the same for the same seed, and goes on after a kill as if undisturbed."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.errors import DataSetError
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.service import ClassifierService
from classifier.training import augmentation
from classifier.training.architectures import build
from classifier.training.augmentation import Views
from classifier.training.recipe import Recipe
from classifier.training.run import Callbacks, served, train_model

RECIPE = Recipe(
    image_size_px=16,
    epochs=6,
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
data, work, models, resume = map(str, sys.argv[1:])
callbacks = Callbacks(on_step=lambda p: print(p.epoch, p.step, flush=True))
folders = {"work_dir": Path(work), "models_dir": Path(models)}
train_model(Path(data), name="t", recipe=RECIPE, resume=resume == "1", callbacks=callbacks, **folders)
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


def run(data: Path, home: Path, *, resume: bool = False) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-c",
        RUN,
        str(data),
        str(home / "work"),
        str(home / "models"),
        str(int(resume)),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def report_in(home: Path) -> dict[str, object]:
    (path,) = (home / "models").glob("t-*/report.json")
    report: dict[str, object] = json.loads(path.read_text())
    return report


def test_a_trained_model_folder_serves_and_tells_the_classes_apart(stripes: Path, tmp_path: Path) -> None:
    recipe = replace(RECIPE, epochs=15)

    trained = train_model(stripes, name="stripes", recipe=recipe, work_dir=tmp_path / "w", models_dir=tmp_path / "m")

    service = ClassifierService.open(trained.folder)
    answer = service.classify(Image.open(stripes / "vertical/0.png").convert("RGB"))
    service.close()
    assert trained.report.top_1 >= 0.9
    assert answer.top[0].label == "vertical"


def test_a_run_killed_in_the_middle_and_resumed_reports_as_an_undisturbed_one(stripes: Path, tmp_path: Path) -> None:
    whole = run(stripes, tmp_path / "whole")
    killed = run(stripes, tmp_path / "killed")
    assert killed.stdout is not None
    for line in killed.stdout:
        if line.split() == ["2", "2"]:
            os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    whole.communicate()

    resumed = run(stripes, tmp_path / "killed", resume=True)
    steps, _ = resumed.communicate()

    assert killed.returncode == -signal.SIGKILL
    assert steps.split()[0] == "2", "the first epoch was trained before the kill and is not trained again"
    assert report_in(tmp_path / "killed")["top_1"] == pytest.approx(report_in(tmp_path / "whole")["top_1"], abs=0.01)


def test_a_run_is_not_resumed_with_another_recipe(stripes: Path, tmp_path: Path) -> None:
    (tmp_path / "recipe.json").write_text('{"epochs": 99}')

    with pytest.raises(DataSetError, match="another recipe"):
        train_model(
            stripes,
            name="t",
            recipe=RECIPE,
            work_dir=tmp_path,
            models_dir=tmp_path,
            resume=True,
            callbacks=Callbacks(),
        )


def test_the_same_seed_trains_the_same_network(stripes: Path, tmp_path: Path) -> None:
    recipe = replace(RECIPE, epochs=2)

    trained = [
        train_model(stripes, name="t", recipe=recipe, work_dir=tmp_path / f"w{i}", models_dir=tmp_path / f"m{i}")
        for i in range(2)
    ]

    first, second = (read_manifest(run.folder) for run in trained)
    assert first.weights_sha256 == second.weights_sha256
    assert trained[0].report == trained[1].report


def test_the_last_tenth_of_the_epochs_sees_photos_as_they_are_served() -> None:
    recipe = Recipe(epochs=40, image_size_px=64)

    assert recipe.settles_from == 36
    assert [recipe.views(epoch).size_px for epoch in (0, 23, 24, 35, 39)] == [48, 48, 64, 64, 64]
    assert recipe.views(35).smallest_area is not None
    assert recipe.views(36) == Views(64, smallest_area=None)


def test_shifted_views_are_pieces_of_the_photo_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(augmentation, "COLOUR", 0.0)
    photo = np.random.default_rng(0).integers(0, 256, (1, 9, 9, 3), np.uint8)
    pieces = [photo[0, y : y + 6, x : x + 6] for y in range(4) for x in range(4)]
    pieces += [piece[:, ::-1] for piece in pieces]

    views = [
        augmentation.random_views(photo, np.array([0, n], np.int32), views=Views(6, smallest_area=None))
        for n in range(20)
    ]

    seen = [np.rint((np.asarray(view[0]) + 1) * 127.5) for view in views]
    assert all(any(np.array_equal(view, piece) for piece in pieces) for view in seen)
    assert len({view.tobytes() for view in seen}) > 5


def test_a_picture_and_its_mirror_image_get_the_same_answer() -> None:
    network = served(build("compact_resnet", classes=3), 16)
    picture = np.random.default_rng(0).uniform(-1, 1, (1, 16, 16, 3)).astype(np.float32)

    assert np.allclose(network(picture), network(picture[:, :, ::-1]), atol=1e-6)
