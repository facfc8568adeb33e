"""The names of classes: ImageNet's, shipped with the project, and people's own, read from their files."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from classifier.errors import LabelsError
from classifier.inference.types import Label


@cache
def imagenet_labels() -> tuple[Label, ...]:
    """The 1000 ImageNet classes in the order of a Keras network's outputs, named as Keras names them."""
    return read_labels(Path(__file__).with_name("imagenet.tsv"))


def read_labels(path: Path) -> tuple[Label, ...]:
    """Reads labels in class order: a line each (`name` or `wnid<TAB>name`), or JSON: names or `{"wnid", "name"}`.

    Raises LabelsError when the file cannot be read as either.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        labels = _from_json(text) if path.suffix == ".json" else _from_lines(text)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise LabelsError(f"{path} cannot be read as labels ({error}). Write one class name a line.") from error
    if not labels:
        raise LabelsError(f"{path} names no class. Write one class name a line.")
    return labels


def write_labels(path: Path, labels: Sequence[Label]) -> None:
    """Writes `labels.json`, which `read_labels` reads back."""
    rows = [{"wnid": label.wnid, "name": label.name} for label in labels]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _from_json(text: str) -> tuple[Label, ...]:
    rows = json.loads(text)
    if not isinstance(rows, list):
        raise ValueError("expected a list")
    return tuple(
        Label(wnid=row.get("wnid", ""), name=row["name"]) if isinstance(row, dict) else Label("", str(row))
        for row in rows
    )


def _from_lines(text: str) -> tuple[Label, ...]:
    rows = [line.strip().rpartition("\t") for line in text.splitlines() if line.strip()]
    return tuple(Label(wnid, name) for wnid, _, name in rows)
