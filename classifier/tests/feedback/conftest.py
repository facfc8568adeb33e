from pathlib import Path

import pytest

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.training.blocks import build_blocks_model


@pytest.fixture
def learner(db: None, tmp_path: Path) -> ModelVersion:
    """A model that can learn, active."""
    version = versions.register(build_blocks_model(tmp_path / "own"))
    versions.activate(version)
    return version
