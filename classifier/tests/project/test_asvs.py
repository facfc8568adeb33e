"""SECURITY.md speaks of every requirement of ASVS 5.0 at levels 1 and 2, and the tests that it names are there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TESTS = ROOT / "classifier/tests"
STATES = {"met", "yours", "declined", "–"}
REQUIREMENTS = {
    "1": {1: 2, 2: 9, 3: 11, 4: 3, 5: 2},
    "2": {1: 3, 2: 3, 3: 4, 4: 1},
    "3": {2: 2, 3: 4, 4: 6, 5: 5, 7: 2},
    "4": {1: 3, 2: 1, 3: 2, 4: 4},
    "5": {1: 1, 2: 3, 3: 2, 4: 3},
    "6": {1: 3, 2: 12, 3: 4, 4: 4, 5: 5, 6: 3, 8: 4},
    "7": {1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2},
    "8": {1: 2, 2: 3, 3: 1, 4: 1},
    "9": {1: 3, 2: 4},
    "10": {1: 2, 2: 2, 3: 4, 4: 11, 5: 5, 6: 2, 7: 3},
    "11": {1: 2, 2: 3, 3: 3, 4: 4, 5: 1, 6: 1},
    "12": {1: 3, 2: 2, 3: 4},
    "13": {1: 1, 2: 5, 3: 2, 4: 5},
    "14": {1: 2, 2: 4, 3: 3},
    "15": {1: 3, 2: 3, 3: 7},
    "16": {1: 1, 2: 5, 3: 4, 4: 3, 5: 3},
    "17": {1: 1, 2: 4, 3: 2},
}
"""Chapter, section, and how many requirements of levels 1 and 2 it begins with: those of level 3 are its last."""
_ROW = re.compile(r"^\| (\d+\.[\d., –]+) \| (\S+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)
_TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


def text() -> str:
    return (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def rows() -> list[tuple[str, str, str, str]]:
    """Numbers, state, how or why, and tests."""
    return _ROW.findall(text())


def numbers_in(text: str) -> Iterator[str]:
    """Each of those that a row is about; a dash stands between the first and the last of a range."""
    for part in text.split(", "):
        first, _, last = part.strip().partition("–")
        section, _, number = first.rpartition(".")
        for each in range(int(number), int((last or first).rpartition(".")[2]) + 1):
            yield f"{section}.{each}"


def test_every_requirement_is_spoken_of_once() -> None:
    wanted = [
        f"{chapter}.{section}.{number}"
        for chapter, sections in REQUIREMENTS.items()
        for section, count in sections.items()
        for number in range(1, count + 1)
    ]

    told = [number for numbers, *_ in rows() for number in numbers_in(numbers)]

    assert sorted(told) == sorted(wanted)


def test_each_is_met_yours_declined_or_about_nothing_here() -> None:
    assert {state for _, state, *_ in rows()} == STATES


@pytest.mark.parametrize(("file", "name"), sorted(set(_TEST.findall(text()))))
def test_a_test_that_it_names_is_there(file: str, name: str) -> None:
    assert re.search(rf"^ *def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("case", sorted(set(re.findall(r"`python -m faults (\w+)`", text()))))
def test_a_fault_that_it_names_is_tried(case: str) -> None:
    assert "\ndef run(" in (ROOT / "faults" / f"{case}.py").read_text(encoding="utf-8")


def test_a_range_is_read() -> None:
    assert [*numbers_in("1.2.1, 10.3.2–10.3.4")] == ["1.2.1", "10.3.2", "10.3.3", "10.3.4"]
