"""Label names for people: Keras writes underscores where people write spaces."""

from collections.abc import Iterable


def with_spaces(label: str) -> str:
    """The label with spaces instead of underscores."""
    return label.replace("_", " ")


def matches(label: str, text: str) -> bool:
    """Whether the label contains the text, whatever their case, with spaces or underscores."""
    return with_spaces(text).lower() in with_spaces(label).lower()


def matching(labels: Iterable[str], text: str) -> list[str]:
    """Those labels that contain the text."""
    return [label for label in labels if matches(label, text)]
