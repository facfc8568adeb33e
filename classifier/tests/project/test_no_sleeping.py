"""No test sleeps: it waits for an event, or asks `wait_until`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
WAITING = TESTS / "waiting.py"


def naps(source: str) -> Iterator[int]:
    """The lines that sleep, or wait for an event that nobody else knows."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="sleep") | ast.Attribute(attr="sleep")):
                yield node.lineno
            case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="Event") | ast.Attribute(attr="Event")))):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr="wait_for_timeout")):
                yield node.lineno


def test_only_wait_until_sleeps() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        if path != WAITING
        for line in naps(path.read_text(encoding="utf-8"))
    ]

    assert not found
    assert list(naps(WAITING.read_text(encoding="utf-8")))


@pytest.mark.parametrize("source", ["time.sleep(2)", "threading.Event().wait(2.5)", "page.wait_for_timeout(100)"])
def test_a_nap_is_seen(source: str) -> None:
    assert list(naps(source)) == [1]


def test_waiting_for_an_event_is_none() -> None:
    assert not list(naps("entered = threading.Event()\nentered.wait(5)\n"))
