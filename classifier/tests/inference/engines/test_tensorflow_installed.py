"""Where only what serves is installed, models serve; what would make one says in a sentence what it needs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
ORANGE = ROOT / "docs/images/orange.jpg"

RUN = """
import sys
for name in ("tensorflow", "keras", "tf_keras", "h5py", "sklearn", "scipy"):
    sys.modules[name] = None  # whoever imports it is told that it is not there
from classifier_project.command_line import main
sys.exit(main(["manage.py", *sys.argv[1:]]))
"""


def manage(data_dir: Path, *command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """A command on a machine that has no TensorFlow."""
    environment = {**os.environ, "DEBUG": "1", "DATA_DIR": str(data_dir), **settings}
    return subprocess.run(
        [sys.executable, "-c", RUN, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    assert manage(folder, "migrate", "--verbosity", "0").returncode == 0
    return folder


@pytest.fixture
def data_dir(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(migrated, tmp_path, dirs_exist_ok=True))


@pytest.mark.parametrize(
    "command",
    [
        ("install_model", "resnet50"),
        ("install_model", "own.keras"),
        ("install_model", "own.h5"),
        ("train_model", "photos", "--output", "flowers"),
    ],
    ids=" ".join,
)
def test_what_makes_a_model_says_what_to_install(data_dir: Path, command: tuple[str, ...]) -> None:
    for name in ("own.keras", "own.h5"):
        (data_dir / name).touch()
    (data_dir / "photos/a").mkdir(parents=True)
    (data_dir / "photos/a/1.jpg").touch()
    (data_dir / "photos/b").mkdir()
    (data_dir / "photos/b/1.jpg").touch()
    given = [str(data_dir / part) if part in {"own.keras", "own.h5", "photos"} else part for part in command]

    done = manage(data_dir, *given)

    assert done.returncode == 1
    assert "pip install -r requirements.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_model_folder_installs_and_classifies(data_dir: Path, model_folder: Path) -> None:
    installed = manage(data_dir, "install_model", str(model_folder), "--activate")
    assert installed.returncode == 0, installed.stderr

    classified = manage(data_dir, "classify", str(ORANGE))

    assert classified.returncode == 0, classified.stderr
    assert "%" in classified.stdout


def test_the_keras_engine_says_what_to_install(data_dir: Path, model_folder: Path) -> None:
    assert manage(data_dir, "install_model", str(model_folder), "--activate").returncode == 0

    classified = manage(data_dir, "classify", str(ORANGE), CLASSIFIER_ENGINE="keras")

    assert classified.returncode == 1
    assert "pip install -r requirements.txt" in classified.stderr
