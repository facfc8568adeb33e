from pathlib import Path

import pytest
from django.contrib.auth.models import User
from PIL import Image

from classifier.feedback import corrections
from classifier.feedback.corrections import Correction, Verdict
from classifier.feedback.dataset import ExportError, export_dataset
from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import encoded, jpeg, picture, upload
from classifier.training.dataset import find_photos


def stored(user: User, photo: bytes) -> Prediction:
    return services.classify_upload(sender=Sender(user), upload=upload(photo)).prediction


def test_photos_become_folders_that_training_takes(user: User, serving: ModelVersion, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0110] = "a phone"
    corrections.give(stored(user, jpeg("red")), Correction(Verdict.RIGHT), by=user)
    with_metadata = stored(user, encoded(picture("green"), exif=exif))
    corrections.give(with_metadata, Correction(Verdict.WRONG, "apple/pear"), by=user)
    corrections.give(stored(user, jpeg("blue")), Correction(Verdict.WRONG), by=user)
    stored(user, jpeg("white"))

    exported = export_dataset(tmp_path / "photos")

    found = find_photos(tmp_path / "photos")
    assert (exported.photos, exported.classes, exported.rejected) == (2, 2, ())
    assert found.classes == ("apple∕pear", "red")
    assert found.paths[0].stem == str(with_metadata.pk)
    with Image.open(found.paths[0]) as copy:
        assert not copy.getexif()


def test_names_that_are_too_long_for_a_folder_are_cut_and_stay_apart(
    user: User, serving: ModelVersion, tmp_path: Path
) -> None:
    long = "猫" * 100
    for colour, name in (("red", long), ("green", f"{long}犬"), ("blue", f"{long}犬"), ("white", "猫" * 85)):
        corrections.give(stored(user, jpeg(colour)), Correction(Verdict.WRONG, name), by=user)

    exported = export_dataset(tmp_path / "photos")

    found = find_photos(tmp_path / "photos")
    assert (exported.photos, exported.classes) == (4, 3)
    assert set(found.classes) == {"猫" * 84 + "…", "猫" * 83 + "… 2", "猫" * 85}


def test_a_photo_that_is_missing_is_told_and_the_others_are_written(
    user: User, serving: ModelVersion, tmp_path: Path
) -> None:
    rows = [stored(user, jpeg("red")), stored(user, jpeg("blue"))]
    corrections.give_to_all(Prediction.objects.all(), Correction(Verdict.RIGHT), by=user)
    Path(rows[0].image.path).unlink()

    exported = export_dataset(tmp_path / "photos")

    assert exported.photos == 1
    assert [key for key, _ in exported.rejected] == [str(rows[0].pk)]


def test_nothing_is_written_into_a_folder_with_something_in_it(
    user: User, serving: ModelVersion, tmp_path: Path
) -> None:
    corrections.give(stored(user, jpeg("red")), Correction(Verdict.RIGHT), by=user)
    (tmp_path / "mine").touch()

    with pytest.raises(ExportError, match="not empty"):
        export_dataset(tmp_path)


def test_without_feedback_it_is_said_what_is_missing(db: None, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="confirm or correct"):
        export_dataset(tmp_path / "photos")
