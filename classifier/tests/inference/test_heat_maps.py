"""Heat maps: where a hand-made network must find a colour, as numbers, as a picture and in words."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.errors import NotExplainableError
from classifier.inference.heat_maps import LONGER_SIDE_PX, class_map, describe, draw_overlay
from classifier.inference.service import ClassifierService
from classifier.inference.types import ClassMap, Label, LinearHead
from classifier.tests.examples import PLACES, build_places_model, picture, two_colours

RED, GREEN, BLUE = range(3)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> ClassifierService:
    return ClassifierService.open(build_places_model(tmp_path_factory.mktemp("places"), bias=-1.5))


@pytest.fixture(scope="module")
def cropping(tmp_path_factory: pytest.TempPathFactory) -> ClassifierService:
    return ClassifierService.open(build_places_model(tmp_path_factory.mktemp("places"), resize="fit"))


def a_map(*hot: tuple[int, int], seen: tuple[float, float, float, float] = (0, 0, 1, 1)) -> ClassMap:
    """A map of 9 x 9 places that is hot at some of them."""
    grid = np.full((9, 9), -1, np.float32)
    for row, column in hot:
        grid[row, column] = 2
    return ClassMap(Label("", "red"), grid, 0.0, seen)


def opacity(png: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))[..., 3]


def test_the_map_is_hot_where_the_colour_is(places: ClassifierService) -> None:
    image = two_colours("red", (0, 0, 16, 16))

    found = places.explain(image, RED)

    assert found.label.name == "red"
    assert found.grid.argmax() == 0
    assert found.grid.shape == (PLACES, PLACES)
    assert (found.grid > 0).sum() == 1


@pytest.mark.parametrize(("row", "column"), [(0, 3), (2, 1), (3, 2)])
def test_rows_and_columns_are_those_of_the_photo(places: ClassifierService, row: int, column: int) -> None:
    image = two_colours("lime", (16 * column, 16 * row, 16 * column + 16, 16 * row + 16))

    grid = places.explain(image, GREEN).grid

    assert grid.argmax() == PLACES * row + column


def test_mean_and_bias_are_the_logit_that_the_probabilities_come_from(places: ClassifierService) -> None:
    image = two_colours("red", (0, 0, 40, 64))
    logits = np.array([places.explain(image, index).logit for index in (RED, GREEN, BLUE)])

    probabilities = {scored.label: scored.probability for scored in places.classify(image).top}

    expected = np.exp(logits) / np.exp(logits).sum()
    np.testing.assert_allclose([probabilities[name] for name in ("red", "green", "blue")], expected, rtol=1e-5)
    assert places.explain(image, RED).bias == -1.5


def test_a_network_without_a_pooled_end_says_so(model_folder: Path) -> None:
    service = ClassifierService.open(model_folder)

    assert not service.is_explainable
    with pytest.raises(NotExplainableError):
        service.explain(picture(), RED)


def test_of_two_labels_at_one_output_one_speaks_against_the_other() -> None:
    head = LinearHead(np.ones((2, 1), np.float32), np.array([0.5], np.float32))
    features, labels = np.ones((3, 3, 2), np.float32), (Label("", "cat"), Label("", "dog"))

    cat, dog = (class_map(features, head, labels, index) for index in (0, 1))

    assert (cat.logit, dog.logit) == (-2.5, 2.5)


def test_the_picture_has_the_shape_of_the_photo_and_is_clear_where_nothing_speaks() -> None:
    png = draw_overlay(a_map((0, 0)), (4000, 3000))

    covering = opacity(png)
    assert covering.shape == (LONGER_SIDE_PX * 3 // 4, LONGER_SIDE_PX)
    assert covering[5, 5] > 150
    assert not covering[120:, 160:].any()


def test_what_the_network_does_not_see_is_darkened(cropping: ClassifierService) -> None:
    image = two_colours("red", (32, 0, 96, 64), size=(128, 64))

    found = cropping.explain(image, RED)

    assert found.seen == (0.25, 0.0, 0.75, 1.0)
    pixel = np.asarray(Image.open(io.BytesIO(draw_overlay(found, image.size))).convert("RGBA"))[80, 10]
    assert not pixel[:3].any()
    assert 0 < pixel[3] < 255


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (a_map((0, 0), (1, 1)), "mostly the upper left"),
        (a_map((8, 7)), "mostly the lower right"),
        (a_map((4, 4)), "mostly the middle"),
        (a_map((4, 8)), "mostly the right side"),
        (a_map((0, 4)), "mostly the upper part"),
        (a_map((0, 0), (4, 4), (8, 8)), "mostly several parts of the photo"),
        (a_map(*((row, column) for row in range(9) for column in range(9))), "most of what the network sees"),
        (a_map(), "no part of the photo"),
        (a_map((0, 0), seen=(0.4, 0.4, 0.6, 0.6)), "mostly the middle"),
    ],
)
def test_words_say_where(found: ClassMap, words: str) -> None:
    assert describe(found).startswith(words)
