"""Folders of photos become training data, or a clear error before any training."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.inference.types import Preprocessing
from classifier.training.dataset import (
    DataSetError,
    are_in_several_classes,
    find_photos,
    folds,
    group_equal_photos,
    read_image,
)


def save_photo(path: Path, colour: str = "red", size: tuple[int, int] = (40, 30)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def test_class_folders_are_found_in_alphabetical_order(tmp_path: Path) -> None:
    save_photo(tmp_path / "tulip" / "images" / "deep.png")
    save_photo(tmp_path / "rose" / "a.png")

    photos = find_photos(tmp_path)

    assert photos.classes == ("rose", "tulip")
    assert photos.targets.tolist() == [0, 1]


def test_a_folder_named_by_a_synset_keeps_it_and_gets_its_name(tmp_path: Path) -> None:
    save_photo(tmp_path / "n07920052" / "a.png")
    save_photo(tmp_path / "my_mug" / "a.png")

    labels = find_photos(tmp_path).labels()

    assert [(label.wnid, label.name) for label in labels] == [("", "my_mug"), ("n07920052", "espresso")]


@pytest.mark.parametrize(
    ("folders", "message"),
    [
        ({}, "no class folders"),
        ({"rose": 1}, "one class, rose"),
        ({"rose": 1, "tulip": 0}, "No photos in tulip"),
    ],
)
def test_data_that_cannot_be_told_apart_is_refused(tmp_path: Path, folders: dict[str, int], message: str) -> None:
    for name, photos in folders.items():
        (tmp_path / name).mkdir()
        for number in range(photos):
            save_photo(tmp_path / name / f"{number}.png")

    with pytest.raises(DataSetError, match=message):
        find_photos(tmp_path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (os.fsdecode(b"caf\xe9"), r"The class folder 'caf\\udce9' has characters that cannot be shown. Rename it"),
        ("red\u00a0rose", r"'red\\xa0rose' has characters that cannot be shown"),
        ("x" * 201, "is too long: a name has at most 200 characters"),
    ],
)
def test_a_folder_that_no_label_can_be_named_by_is_refused(tmp_path: Path, name: str, message: str) -> None:
    save_photo(tmp_path / "tulip" / "a.png")
    (tmp_path / name).mkdir()

    with pytest.raises(DataSetError, match=message):
        find_photos(tmp_path)


def test_a_missing_data_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match="is not a folder"):
        find_photos(tmp_path / "nowhere")


def test_an_unreadable_photo_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"not a photo at all")

    assert "not accepted" in str(read_image(broken, Preprocessing(28, 28)))


def test_equal_files_have_one_group(tmp_path: Path) -> None:
    paths = [
        save_photo(tmp_path / "a.png"),
        save_photo(tmp_path / "b.png", "blue"),
        save_photo(tmp_path / "c.png"),
    ]

    assert group_equal_photos(paths).tolist() == [0, 1, 0]


def test_equal_photos_of_two_classes_are_found() -> None:
    targets, groups = np.array([0, 0, 0, 1, 1, 2]), np.array([5, 5, 3, 3, 1, 0])

    assert are_in_several_classes(targets, groups).tolist() == [False, False, True, True, False, False]


def test_every_photo_is_held_out_once_and_never_beside_its_equal() -> None:
    targets = np.repeat([0, 1], [10, 30])
    groups = np.arange(40) // 2

    parts = folds(targets, groups, count=5, seed=0)

    assert sorted(np.concatenate([held_out for _, held_out in parts]).tolist()) == list(range(40))
    for train, held_out in parts:
        assert not set(groups[train]) & set(groups[held_out])


def test_a_class_with_one_photo_cannot_be_held_out() -> None:
    with pytest.raises(DataSetError, match="at least two different readable photos"):
        folds(np.array([0, 0, 1, 1]), np.array([0, 1, 2, 2]), count=5, seed=0)
