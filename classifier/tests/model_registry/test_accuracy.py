"""How good a model is, said in a line with who measured it."""

from typing import Any

import pytest

from classifier.model_registry.accuracy import accuracy_of

PUBLISHED = {"top_1": 0.751, "top_5": None, "data": "ImageNet validation", "source": "https://example.org"}


@pytest.mark.parametrize(
    ("manifest", "line"),
    [
        ({"accuracy": {}}, ""),
        ({"accuracy": {}, "published": None}, ""),
        ({"accuracy": {}, "published": PUBLISHED}, "top-1 75.1% published"),
        ({"accuracy": {"top_1": 0.6, "top_5": 0.82}}, "top-1 60.0%, top-5 82.0% measured"),
        ({"accuracy": {"top_1": 0.6}, "published": PUBLISHED}, "top-1 60.0% measured, top-1 75.1% published"),
    ],
)
def test_figures_are_said_with_whose_they_are(manifest: dict[str, Any], line: str) -> None:
    assert accuracy_of(manifest) == line
