"""From a picture to a network's input."""

import numpy as np
import pytest
from PIL import Image

from classifier.inference.preprocessing import preprocess_image, scale_pixels
from classifier.inference.types import Preprocessing, Resize, Scaling
from classifier.tests.examples import picture


@pytest.mark.parametrize("resize", ["crop", "fit", "stretch"])
@pytest.mark.parametrize("size", [(1, 1), (1000, 3), (3, 1000), (224, 224), (640, 480)])
def test_any_picture_becomes_the_input_of_the_network(resize: Resize, size: tuple[int, int]) -> None:
    pixels = preprocess_image(picture("red", size), Preprocessing(48, 32, resize, "none"))

    assert pixels.shape == (32, 48, 3)
    assert pixels.dtype == np.float32
    assert (pixels == [255, 0, 0]).all()


def test_the_default_is_that_of_resnet50() -> None:
    pixels = preprocess_image(picture("red"))

    assert pixels.shape == (224, 224, 3)
    assert pixels[0, 0].tolist() == pytest.approx([-103.939, -116.779, 255 - 123.68], abs=1e-3)


def test_the_crop_is_that_of_scaling_to_256_and_cutting_out_the_centre() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (30, 41, 3), np.uint8)
    image = Image.fromarray(noise).resize((533, 401), Image.Resampling.BICUBIC)

    pixels = preprocess_image(image, Preprocessing(224, 224, "crop", "none"))

    scaled = image.resize((round(533 * 256 / 401), 256), Image.Resampling.BILINEAR)
    left = (scaled.width - 224) // 2
    expected = np.asarray(scaled.crop((left, 16, left + 224, 240)), np.float32)
    assert np.abs(pixels - expected).max() <= 1


def test_fitting_keeps_the_whole_shorter_side() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 80, 3), np.uint8)

    pixels = preprocess_image(Image.fromarray(noise), Preprocessing(64, 64, "fit", "none"))

    assert np.array_equal(pixels, noise[:, 8:72])


def test_stretching_keeps_the_whole_picture() -> None:
    image = Image.new("RGB", (400, 100), "blue")
    image.paste("red", (0, 0, 100, 100))

    pixels = preprocess_image(image, Preprocessing(8, 8, "stretch", "none"))

    assert (pixels[:, 0] == [255, 0, 0]).all()
    assert (pixels[:, 7] == [0, 0, 255]).all()


@pytest.mark.parametrize(
    ("scaling", "expected"),
    [
        ("caffe", [200 - 103.939, 100 - 116.779, 50 - 123.68]),
        ("tf", [50 / 127.5 - 1, 100 / 127.5 - 1, 200 / 127.5 - 1]),
        ("tf_lite", [(50 - 127) / 128, (100 - 127) / 128, (200 - 127) / 128]),
        ("torch", [(50 / 255 - 0.485) / 0.229, (100 / 255 - 0.456) / 0.224, (200 / 255 - 0.406) / 0.225]),
        ("unit", [50 / 255, 100 / 255, 200 / 255]),
        ("none", [50, 100, 200]),
    ],
)
def test_pixels_are_scaled_as_the_network_was_trained(scaling: Scaling, expected: list[float]) -> None:
    pixels = np.array([[[50, 100, 200]]], np.float32)

    scaled = scale_pixels(pixels, scaling)

    assert scaled[0, 0].tolist() == pytest.approx(expected, abs=1e-4)
    assert scaled.dtype == np.float32
    assert pixels.tolist() == [[[50, 100, 200]]]


def test_the_picture_is_left_as_it_is() -> None:
    image = picture("red", (300, 200))
    before = image.tobytes()

    preprocess_image(image)

    assert image.tobytes() == before
