"""People's own class names, in the files that people have."""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from classifier.inference.errors import LabelsError
from classifier.inference.types import Label

LONGEST_NAME, LONGEST_WNID = 200, 20
"""Characters that the tables hold."""
MOST_LABELS = 100_000
_WNID = re.compile(r"n\d{1,8}")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_labels(path: Path) -> tuple[Label, ...]:
    """Reads labels in the order of a network's outputs.

    A line each: `name`, `wnid<TAB>name`, `0 name` or `0<TAB>name`. CSV: `0,name`, `wnid,name` or `0,wnid,name`. JSON:
    names, pairs `["wnid", "name"]`, objects `{"wnid", "name"}`, by their `id` if they have one, and the two
    dictionaries that Keras writes, `{"name": 0}` and `{"0": "name"}` or `{"0": ["wnid", "name"]}`. UTF-8, or UTF-16
    with its mark.

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


def problem_of(label: Label) -> str:
    """Why a label cannot be stored or shown, to be said behind its name; empty where it can."""
    if not label.name:
        return "has no name"
    if len(label.name) > LONGEST_NAME or len(label.wnid) > LONGEST_WNID:
        return f"is too long: a name has at most {LONGEST_NAME} characters, a WordNet id {LONGEST_WNID}"
    return "" if (label.name + label.wnid).isprintable() else "has characters that cannot be shown"


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
        if problem := problem_of(label):
            shown = f"Class {number} of {path}" + (f", {label.name[:40]!r}," if label.name else "")
            raise LabelsError(f"{shown} {problem}. Correct it.")


def _from_lines(text: str) -> tuple[Label, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(" " in line for line in lines) and _are_numbered(line.partition(" ")[0] for line in lines):
        return tuple(Label("", line.partition(" ")[2].strip()) for line in lines)
    if any("\t" in line for line in lines):
        rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
        return _from_rows([row if len(row) > 1 else ["", *row] for row in rows])
    return tuple(Label("", line) for line in lines)


def _from_csv(text: str) -> tuple[Label, ...]:
    """Rows as `_from_rows` has them; a first row of titles is left out."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text)) if any(row)]
    if rows and len(rows[0]) > 1 and not any(map(_is_key, rows[0])) and any(map(_is_key, rows[-1])):
        rows = rows[1:]
    return _from_rows(rows)


def _from_rows(rows: Sequence[Sequence[str]]) -> tuple[Label, ...]:
    """Rows of a name, with its number (in any order of these), its WordNet id or both."""
    if len({len(row) for row in rows}) > 1:
        raise ValueError("its rows have not all as many columns; a name with a comma needs quotes")
    match tuple(zip(*rows, strict=True)):
        case ():
            return ()
        case [names]:
            return tuple(Label("", name) for name in names)
        case [numbers, names] if all(map(str.isdecimal, numbers)):
            return _by_number(numbers, names)
        case [names, numbers] if all(map(str.isdecimal, numbers)):
            return _by_number(numbers, names)
        case [wnids, names] if all(map(_may_be_wnid, wnids)):
            return tuple(Label(wnid, name) for wnid, name in zip(wnids, names, strict=True))
        case [numbers, wnids, names] if all(map(str.isdecimal, numbers)) and all(map(_may_be_wnid, wnids)):
            return _by_number(numbers, [list(pair) for pair in zip(wnids, names, strict=True)])
    raise ValueError("beside a name, its rows may have a number from 0 on and a WordNet id, in this order")


def _from_json(text: str) -> tuple[Label, ...]:
    content = json.loads(text)
    if isinstance(content, list):
        return _from_list(content)
    if not isinstance(content, dict):
        raise ValueError("expected a list or an object")
    if all(_is_number(value) for value in content.values()):
        return _in_order({int(number): name for name, number in content.items()}, len(content))
    return _in_order({int(number): value for number, value in content.items()}, len(content))


def _from_list(rows: list[Any]) -> tuple[Label, ...]:
    """In the order of the list, or of the objects' `id`, where that is another."""
    ids = [row["id"] for row in rows if isinstance(row, dict) and _is_number(row.get("id"))]
    if len(ids) == len(rows) and ids != sorted(ids):
        return _by_number(ids, rows)
    return tuple(_label_of(row) for row in rows)


_PARSERS = {".json": _from_json, ".csv": _from_csv}


def _label_of(row: Any) -> Label:
    match row:
        case {"name": str(name)}:
            return Label(str(row.get("wnid") or ""), name)
        case [str(wnid), str(name)] if _may_be_wnid(wnid):
            return Label(wnid, name)
        case str(name):
            return Label("", name)
    raise ValueError(f"{str(row)[:60]!r} is not a class name, nor a WordNet id and a name")


def _by_number(numbers: Iterable[str | int], labels: Sequence[Any]) -> tuple[Label, ...]:
    return _in_order(dict(zip(map(int, numbers), labels, strict=True)), len(labels))


def _in_order(by_number: dict[int, Any], count: int) -> tuple[Label, ...]:
    if sorted(by_number) != list(range(count)):
        raise ValueError("the numbers must be 0, 1, 2, … without a gap, each once")
    return tuple(_label_of(by_number[number]) for number in range(count))


def _are_numbered(starts: Any) -> bool:
    """Whether lines begin with 0, 1, 2, …"""
    return all(start == str(number) for number, start in enumerate(starts))


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _may_be_wnid(text: str) -> bool:
    return not text or bool(_WNID.fullmatch(text))


def _is_key(cell: str) -> bool:
    return cell.isdecimal() or bool(_WNID.fullmatch(cell))
