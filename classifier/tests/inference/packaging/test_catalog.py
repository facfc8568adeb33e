"""The architectures that can be named."""

import pytest

from classifier.inference.packaging.catalog import CATALOG


@pytest.mark.parametrize(
    "name", ["resnet50", "resnet101", "vgg16", "vgg19", "mobilenet", "efficientnet_b0", "densenet121"]
)
def test_the_catalog_knows_the_architectures(name: str) -> None:
    assert CATALOG[name].input_px == 224


@pytest.mark.parametrize("name", sorted(CATALOG))
def test_every_architecture_is_a_function_of_keras(name: str) -> None:
    import keras

    assert callable(getattr(keras.applications, CATALOG[name].weights.function))
