"""The bundled model is whole, small, and right about photos that anybody would expect it to know."""

import json

import pytest
from PIL import Image
from skimage import data

from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.packaging.folders import verify
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.service import ClassifierService
from classifier_project.settings import BASE_DIR

STARTER = BASE_DIR / "classifier/starter/model"
LARGEST_BYTES = 12 * 1024 * 1024


@pytest.fixture(scope="module")
def starter() -> ClassifierService:
    return ClassifierService.open(STARTER)


def test_it_is_whole_and_small() -> None:
    verify(STARTER)

    assert sum(path.stat().st_size for path in STARTER.parent.rglob("*") if path.is_file()) <= LARGEST_BYTES


def test_its_labels_are_202_imagenet_classes(starter: ClassifierService) -> None:
    assert len(starter.labels) == 202
    assert set(starter.labels) <= set(imagenet_labels())


def test_a_cup_of_coffee_is_an_espresso(starter: ClassifierService) -> None:
    assert starter.classify(Image.fromarray(data.coffee())).top[0].label == "espresso"


def test_a_rocket_is_a_projectile(starter: ClassifierService) -> None:
    assert "projectile" in [scored.label for scored in starter.classify(Image.fromarray(data.rocket())).top[:3]]


def test_the_picture_of_the_readme_is_an_orange(starter: ClassifierService) -> None:
    with Image.open(BASE_DIR / "docs/images/orange.jpg") as image:
        assert starter.classify(image).top[0].label == "orange"


def test_its_figures_are_those_of_its_report() -> None:
    report = json.loads((STARTER / "report.json").read_text())

    assert read_manifest(STARTER).accuracy == {"top_1": report["top_1"], "top_5": report["top_5"]}


def test_the_keras_file_answers_as_the_served_network_does(starter: ClassifierService) -> None:
    image = Image.fromarray(data.coffee())

    reference = ClassifierService.open(STARTER, engine="keras")

    served = starter.classify(image).top[0]
    assert reference.classify(image).top[0].probability == pytest.approx(served.probability, abs=1e-4)
