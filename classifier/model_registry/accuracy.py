"""A model's accuracy as a line of text, with who measured it."""

from typing import Any


def accuracy_of(manifest: dict[str, Any]) -> str:
    """The accuracy in a manifest: measured here, published, or both; empty when there is none."""
    measured, published = manifest["accuracy"], manifest.get("published")
    parts = [f"{_figures(measured)} measured"] if measured else []
    return ", ".join([*parts, f"{_figures(published)} published"] if published else parts)


def _figures(figures: dict[str, Any]) -> str:
    named = ((name, figures.get(name)) for name in ("top_1", "top_5"))
    return ", ".join(f"{name.replace('_', '-')} {value:.1%}" for name, value in named if value is not None)
