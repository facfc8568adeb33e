"""The architectures that can be named."""

import pytest

from classifier.inference.packaging.catalog import CATALOG, Download

DOWNLOADS = [known.weights for known in CATALOG.values() if isinstance(known.weights, Download)]


@pytest.mark.parametrize(
    "name", ["resnet50", "resnet101", "vgg16", "vgg19", "mobilenet", "efficientnet_b0", "densenet121"]
)
def test_the_catalog_knows_the_architectures(name: str) -> None:
    assert CATALOG[name].input_px == 224


@pytest.mark.parametrize("weights", DOWNLOADS, ids=lambda weights: weights.function)
def test_every_download_is_for_a_function_of_keras(weights: Download) -> None:
    import keras

    assert callable(getattr(keras.applications, weights.function))


def test_how_sure_is_sure_enough_differs_between_networks() -> None:
    measured = {name: known.sure_probability for name, known in CATALOG.items() if known.sure_probability}

    assert measured["efficientnet_lite1"] < measured["efficientnet_lite0"] < measured["mobilenet_v2"]
