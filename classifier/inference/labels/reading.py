"""People's own class names, in the files that people have."""

import codecs
import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from classifier.inference.errors import LabelsError
from classifier.inference.types import Label

LONGEST_NAME, LONGEST_WNID = 200, 20
"""Characters that the tables hold."""
MOST_LABELS = 100_000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_labels(path: Path) -> tuple[Label, ...]:
    """Reads labels in the order of a network's outputs.

    A line each: `name`, `wnid<TAB>name` or `0 name`. CSV: `0,name`. JSON: names, pairs `["wnid", "name"]`, objects
    `{"wnid", "name"}`, and the two dictionaries that Keras writes, `{"name": 0}` and `{"0": "name"}` or
    `{"0": ["wnid", "name"]}`. UTF-8, or UTF-16 with its mark.

    Raises LabelsError, which says what is wrong with the file.
    """
    text = _text_of(path)
    try:
        labels = _PARSERS.get(path.suffix.lower(), _from_lines)(text)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, csv.Error) as error:
        raise LabelsError(f"{path} cannot be read as labels ({error}). Write one class name a line.") from error
    if not labels:
        raise LabelsError(f"{path} names no class. Write one class name a line.")
    _check(path, labels)
    return labels


def write_labels(path: Path, labels: Sequence[Label]) -> None:
    """Writes `labels.json`, which `read_labels` reads back."""
    rows = [{"wnid": label.wnid, "name": label.name} for label in labels]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LabelsError(f"{path} cannot be read: {error.strerror or error}.") from error
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise LabelsError(
            f"{path} is not {encoding.removesuffix('-sig').upper()} (perhaps it is Latin-1). Save it as UTF-8."
        ) from error


def _check(path: Path, labels: Sequence[Label]) -> None:
    if len(labels) > MOST_LABELS:
        raise LabelsError(f"{path} names {len(labels):,} classes; at most {MOST_LABELS:,} can be served.")
    for number, label in enumerate(labels):
        shown = f"Class {number} of {path}"
        if not label.name:
            raise LabelsError(f"{shown} has no name.")
        if len(label.name) > LONGEST_NAME or len(label.wnid) > LONGEST_WNID:
            raise LabelsError(
                f"{shown} is too long ({len(label.name)} characters): a name has at most {LONGEST_NAME}, "
                f"a WordNet id {LONGEST_WNID}. Shorten it."
            )
        if not (label.name + label.wnid).isprintable():
            raise LabelsError(f"{shown} has characters that cannot be shown: {label.name[:40]!r}.")


def _from_lines(text: str) -> tuple[Label, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(" " in line for line in lines) and _are_numbered(line.partition(" ")[0] for line in lines):
        return tuple(Label("", line.partition(" ")[2].strip()) for line in lines)
    rows = [line.rpartition("\t") for line in lines]
    if rows and _are_numbered(row[0] for row in rows):
        return tuple(Label("", name) for _, _, name in rows)
    return tuple(Label(wnid.strip(), name.strip()) for wnid, _, name in rows)


def _from_csv(text: str) -> tuple[Label, ...]:
    """Rows of a name, or of a number and a name, in any order of the numbers; a first row of titles is left out."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text)) if any(row)]
    if rows and len(rows[0]) > 1 and not rows[0][0].isdecimal() and rows[-1][0].isdecimal():
        rows = rows[1:]
    if all(len(row) == 1 for row in rows):
        return tuple(Label("", row[0]) for row in rows)
    return _in_order({int(row[0]): row[1:] if len(row) > 2 else row[1] for row in rows}, len(rows))


def _from_json(text: str) -> tuple[Label, ...]:
    content = json.loads(text)
    if isinstance(content, list):
        return tuple(_label_of(row) for row in content)
    if not isinstance(content, dict):
        raise ValueError("expected a list or an object")
    if all(_is_number(value) for value in content.values()):
        return _in_order({int(number): name for name, number in content.items()}, len(content))
    return _in_order({int(number): value for number, value in content.items()}, len(content))


_PARSERS = {".json": _from_json, ".csv": _from_csv}


def _label_of(row: Any) -> Label:
    match row:
        case {"name": str(name)}:
            return Label(str(row.get("wnid") or ""), name)
        case [str(wnid), str(name)]:
            return Label(wnid, name)
        case str(name):
            return Label("", name)
    raise ValueError(f"{str(row)[:60]!r} is not a class name")


def _in_order(by_number: dict[int, Any], count: int) -> tuple[Label, ...]:
    if sorted(by_number) != list(range(count)):
        raise ValueError("the numbers must be 0, 1, 2, … without a gap, each once")
    return tuple(_label_of(by_number[number]) for number in range(count))


def _are_numbered(starts: Any) -> bool:
    """Whether lines begin with 0, 1, 2, …"""
    return all(start == str(number) for number, start in enumerate(starts))


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
