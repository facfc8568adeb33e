"""Tests, faults and benchmarks go in by public doors: none names what another module or object keeps to itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("classifier/tests", "faults", "benchmarks", "clients", "live")

PRIVATE = re.compile(r"__?[A-Za-z]\w*(?<!__)")
WRITTEN = re.compile(rf"(?:[\w]+\.)*({PRIVATE.pattern})")
"""A private name as text, alone or at the end of a path: `monkeypatch.setattr(it, "_name", ...)`."""

ALLOWED = {
    "*": {"_meta"},  # Django's documented door to a model's fields
    "classifier/tests/inference/packaging/torch_files.py": {"_utils", "_rebuild_tensor_v2"},  # what PyTorch writes
    # Until the engine of a service, the limits of the server, the table of settings can be given from outside:
    "classifier/tests/api/test_errors.py": {"_save"},
    "classifier/tests/predictions/test_services.py": {"_save"},
    "faults/injected/sitecustomize.py": {"_idle"},
}


def private_names(source: str) -> Iterator[tuple[int, str]]:
    """Each private name that is reached from outside, with its line.

    What a class calls its own through `self` or `cls`, and what a module defines itself, is no reaching.
    """
    tree = ast.parse(source)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    in_classes = {node for scope in ast.walk(tree) if isinstance(scope, ast.ClassDef) for node in ast.walk(scope)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")) if node in in_classes:
                pass
            case ast.Attribute(attr=name) if PRIVATE.fullmatch(name) and name not in own:
                yield node.lineno, name
            case ast.ImportFrom(names=names):
                yield from ((node.lineno, alias.name) for alias in names if PRIVATE.fullmatch(alias.name))
            case ast.Call(args=args):
                yield from _named_in_text(args)


def _named_in_text(arguments: list[ast.expr]) -> Iterator[tuple[int, str]]:
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            written = WRITTEN.fullmatch(argument.value)
            if written:
                yield argument.lineno, written[1]


def test_no_test_reaches_for_a_private_name() -> None:
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    files = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}

    reached = [
        f"{file}:{line} {name}"
        for file, source in files.items()
        for line, name in private_names(source)
        if name not in ALLOWED["*"] | ALLOWED.get(file, set())
    ]

    assert not reached, "\n".join(reached)


@pytest.mark.parametrize(
    "source",
    [
        "service._engine",
        "from classifier.conf import _Setting",
        "monkeypatch.setattr(storage, '_save', full)",
        "monkeypatch.setattr('a.room._read', full)",
        "getattr(gate, '_waiting')",
        "self.gate._waiting",
        "def fill(self): self._waiting",
    ],
)
def test_reaching_is_seen(source: str) -> None:
    assert list(private_names(source))


@pytest.mark.parametrize(
    "source",
    ["class Fake:\n def run(self): self._steps", "model.__class__", "import __main__", "fill('[name=_content]')", "_"],
)
def test_what_is_ones_own_or_public_is_not(source: str) -> None:
    assert not list(private_names(source))
