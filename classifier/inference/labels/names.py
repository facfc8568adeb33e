"""Labels as people write them: Keras puts underscores where they put spaces."""

from collections.abc import Iterable


def spelled(label: str) -> str:
    """A class name with spaces."""
    return label.replace("_", " ")


def has_part(label: str, part: str) -> bool:
    """Whether a class name contains what somebody looks for, however either is spelled."""
    return spelled(part).lower() in spelled(label).lower()


def containing(labels: Iterable[str], part: str) -> list[str]:
    """Those of the class names that contain what somebody looks for."""
    return [label for label in labels if has_part(label, part)]
