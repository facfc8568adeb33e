"""Folders of photos become training data, or a clear error before any training."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.training.dataset import DataSetError, find_photos, prepare, split


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


def test_a_missing_data_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match="is not a folder"):
        find_photos(tmp_path / "nowhere")


def test_unreadable_photos_are_skipped_and_reported(tmp_path: Path) -> None:
    save_photo(tmp_path / "photos/rose/a.png", "red")
    save_photo(tmp_path / "photos/tulip/a.png", "blue")
    broken = tmp_path / "photos/rose/broken.jpg"
    broken.write_bytes(b"not a photo at all")

    prepared = prepare(find_photos(tmp_path / "photos"), image_size_px=28, cache_dir=tmp_path / "cache")

    assert [path for path, _ in prepared.rejected] == [broken]
    assert prepared.targets.tolist() == [0, 1]
    assert prepared.pixels[1, 16, 16].tolist() == [0, 0, 255]


def test_a_class_with_only_unreadable_photos_is_refused(tmp_path: Path) -> None:
    save_photo(tmp_path / "photos/rose/a.png")
    (tmp_path / "photos/tulip").mkdir()
    (tmp_path / "photos/tulip/a.jpg").write_bytes(b"nonsense")

    with pytest.raises(DataSetError, match="No photo of tulip could be read"):
        prepare(find_photos(tmp_path / "photos"), image_size_px=28, cache_dir=tmp_path / "cache")


def test_a_second_preparation_reads_what_the_first_wrote(tmp_path: Path) -> None:
    for name in ("rose", "tulip"):
        save_photo(tmp_path / f"photos/{name}/a.png")
    photos = find_photos(tmp_path / "photos")
    decoded: list[int] = []

    for _ in range(2):
        prepare(photos, image_size_px=28, cache_dir=tmp_path / "cache", on_photo=decoded.append)

    assert len(decoded) == 2


def test_the_split_holds_out_the_same_fraction_of_every_class() -> None:
    targets = np.repeat([0, 1], [10, 30])

    seen, held = split(targets, fraction=0.2, seed=0)

    assert np.bincount(targets[held]).tolist() == [2, 6]
    assert set(seen) | set(held) == set(range(40))
    assert not set(seen) & set(held)


def test_a_class_with_one_readable_photo_cannot_be_split() -> None:
    with pytest.raises(DataSetError, match="at least two readable photos"):
        split(np.array([0, 0, 1]), fraction=0.2, seed=0)
