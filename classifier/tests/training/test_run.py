"""A whole training run: from folders of photos to a model that serves them."""

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.service import ClassifierService
from classifier.tests.training.photos import COLOURS, save_colours, small_backbone
from classifier.training.backbones import find_backbone
from classifier.training.dataset import DataSetError
from classifier.training.run import FineTuning, Trained, train_model


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_colours(tmp_path_factory.mktemp("photos"))


@pytest.fixture(scope="module")
def trained(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return train_model(photos, name="colours", backbone=small_backbone(), models_dir=tmp_path_factory.mktemp("models"))


@pytest.mark.parametrize("name", COLOURS)
def test_the_model_serves_what_it_learned(trained: Trained, name: str) -> None:
    service = ClassifierService.open(trained.folder)

    assert service.classify(Image.new("RGB", (64, 48), COLOURS[name])).top[0].label == name


def test_every_photo_was_held_out_once(trained: Trained) -> None:
    assert trained.report.photos == 18
    assert trained.report.top_1 == 1.0
    assert trained.report.top_1_low < 1.0
    assert trained.few_photos == ("blue", "green", "red")


def test_the_manifest_says_what_it_was_built_on(trained: Trained) -> None:
    manifest = read_manifest(trained.folder)

    assert (manifest.architecture, manifest.license) == ("small", "CC0-1.0")
    assert manifest.accuracy["top_1"] == trained.report.top_1


def test_a_trained_model_is_a_backbone_again(trained: Trained, photos: Path, tmp_path: Path) -> None:
    again = train_model(
        photos, name="again", backbone=find_backbone(folder=trained.folder), models_dir=tmp_path / "models"
    )

    assert again.report.top_1 == 1.0


def test_unreadable_photos_are_told_and_left_out(tmp_path: Path) -> None:
    folder = save_colours(tmp_path / "photos", each=3)
    (folder / "red/broken.jpg").write_bytes(b"not a photo at all")

    trained = train_model(folder, name="colours", backbone=small_backbone(), models_dir=tmp_path / "models")

    assert [path.name for path, _ in trained.rejected] == ["broken.jpg"]
    assert trained.report.photos == 9


def test_a_class_without_a_readable_photo_is_refused(tmp_path: Path) -> None:
    folder = save_colours(tmp_path / "photos", each=3)
    (folder / "violet").mkdir()
    (folder / "violet/broken.jpg").write_bytes(b"not a photo at all")

    with pytest.raises(DataSetError, match="No photo of violet can be used: This format is not accepted"):
        train_model(folder, name="colours", backbone=small_backbone(), models_dir=tmp_path / "models")

    assert not (tmp_path / "models").exists()


def test_a_photo_in_two_class_folders_is_told_and_left_out(tmp_path: Path) -> None:
    folder = save_colours(tmp_path / "photos", each=3)
    shutil.copy(folder / "red/0.png", folder / "blue/same.png")

    trained = train_model(folder, name="colours", backbone=small_backbone(), models_dir=tmp_path / "models")

    assert [path.name for path, reason in trained.rejected if "another class" in reason] == ["same.png", "0.png"]
    assert trained.report.photos == 8


def test_too_few_photos_are_left_beside_those_in_two_class_folders(tmp_path: Path) -> None:
    """The one photo that is left of a class would be held out, and the class be missed where the head is fitted."""
    folder = save_colours(tmp_path / "photos", each=2)
    shutil.copy(folder / "red/0.png", folder / "blue/same.png")

    with pytest.raises(DataSetError, match="at least two different"):
        train_model(folder, name="colours", backbone=small_backbone(), models_dir=tmp_path / "models")


def test_a_photo_whose_name_is_no_utf_8_is_fine_tuned_on(tmp_path: Path) -> None:
    folder = save_colours(tmp_path / "photos", each=2)
    for number in range(2):
        (folder / f"red/{number}.png").rename(folder / "red" / os.fsdecode(b"caf\xe9 %d.png" % number))

    trained = train_model(
        folder,
        name="latin",
        backbone=small_backbone(),
        models_dir=tmp_path / "models",
        fine_tuning=FineTuning(1, tmp_path / "work"),
    )

    assert not trained.rejected


def test_fine_tuning_keeps_the_head_unless_it_is_better(photos: Path, tmp_path: Path) -> None:
    """A head that is always right cannot be beaten: its network is served, not the one trained further."""
    seen: list[int] = []
    fine_tuning = FineTuning(2, tmp_path / "work", on_batch=lambda progress: seen.append(progress.epoch))

    tuned = train_model(
        photos, name="tuned", backbone=small_backbone(), models_dir=tmp_path / "models", fine_tuning=fine_tuning
    )

    plain = train_model(photos, name="tuned", backbone=small_backbone(), models_dir=tmp_path / "plain")
    assert set(seen) == {1, 2}
    assert not tuned.is_fine_tuned
    assert read_manifest(tuned.folder).weights_sha256 == read_manifest(plain.folder).weights_sha256
