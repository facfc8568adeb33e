"""ImageNet's classes, shipped with the project."""

from functools import cache
from pathlib import Path

from classifier.inference.labels.reading import read_labels
from classifier.inference.types import Label


@cache
def imagenet_labels() -> tuple[Label, ...]:
    """The 1000 ImageNet classes in the order of a Keras network's outputs, named as Keras names them."""
    return read_labels(Path(__file__).with_name("imagenet.tsv"))
