"""The first tutorial's functions behave as there, without its traps."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.compat.functions import decode_prediction, predict, preprocess_image
from classifier.inference import instance
from classifier.inference.errors import LabelsError
from classifier.inference.labels.imagenet import imagenet_labels
from classifier.models import ModelVersion
from classifier.tests.examples import jpeg, picture

FROM_RGB = (2, 1, 0)
CAFFE_MEAN = np.array([103.939, 116.779, 123.68], np.float32)
"""What the tutorial's `preprocess_input` does: channels reversed, ImageNet's mean removed."""


def noise(size: tuple[int, int] = (224, 224)) -> Image.Image:
    values = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(values, "RGB")


def test_a_fitting_picture_is_preprocessed_as_in_the_tutorial() -> None:
    image = noise()

    batch = preprocess_image(image)

    expected = np.asarray(image, np.float32)[None][..., FROM_RGB] - CAFFE_MEAN
    assert batch.dtype == np.float32
    np.testing.assert_array_equal(batch, expected)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "CMYK", "LA", "1"])
def test_pictures_that_crashed_there_are_taken(mode: str) -> None:
    assert preprocess_image(noise((300, 100)).convert(mode)).shape == (1, 224, 224, 3)


def test_the_best_label_comes_with_its_percentage() -> None:
    scores = np.zeros((1, 1000), np.float32)
    scores[0, 207], scores[0, 208] = 0.75, 0.25

    label, score = decode_prediction(scores)

    assert (label, f"{score:.2f}") == (imagenet_labels()[207].name, "75.00")


def test_labels_of_an_own_model_are_those_that_serve(serving: ModelVersion) -> None:
    assert decode_prediction(np.array([[0.1, 0.7, 0.2]], np.float32))[0] == "green"


def test_an_answer_of_unknown_classes_is_refused(serving: ModelVersion) -> None:
    with pytest.raises(LabelsError, match="7 classes"):
        decode_prediction(np.zeros((1, 7), np.float32))


def test_predict_prints_and_returns_label_and_percentage(
    serving: ModelVersion, capsys: pytest.CaptureFixture[str]
) -> None:
    label, score = predict(picture("red"))

    assert label == "red"
    assert capsys.readouterr().out == f"red ({score:.2f}%)\n"


def test_predict_loads_the_active_model_once(serving: ModelVersion, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(jpeg("blue"))
    instance.reset()

    predict(tmp_path / "photo.jpg")
    loaded = instance.current()
    predict(str(tmp_path / "photo.jpg"))

    assert loaded is not None
    assert instance.current() is loaded
