"""Module paths written as text: in settings, benchmarks, configuration and documents, where no import fails first."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WRITTEN = re.compile(
    r"(?<![\w./-])(?:classifier|classifier_project|benchmarks|faults|live)(?:\.[A-Za-z_]\w*)+(?::[\w.]+)?"
)
OTHER_NAMES = re.compile(
    r"classifier\.([EW]\d+|DeviceToken|Search(Text|Word)"  # checks, models
    r"|(change|view|delete|add)_\w+|requests"  # permissions, a logger
    r"|forget_\w+(\.\w+)?|password_reset|second_factor"  # ids of signals, and the salts of codes
    r"|inference\.openvino_runtime\.ov\.\w+)$"  # what OpenVINO has, by the name it goes by here
)
"""What looks like a module path and is none."""


def written_paths() -> list[tuple[str, str]]:
    """Each path that stands in a tracked file of text, with the file."""
    names = subprocess.run(
        ["git", "ls-files", "*.py", "*.toml", "*.md", "*.yml", "*.html", "Makefile", ".ci/*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    found = {
        (path, name)
        for name in names
        if "/migrations/" not in name and name != "CHANGELOG.md" and (ROOT / name).is_file()
        for path in WRITTEN.findall((ROOT / name).read_text(encoding="utf-8"))
    }
    return sorted(found)


def is_there(path: str) -> bool:
    """Whether a path names a module, or something that is defined in one; nothing is imported."""
    module, _, attributes = path.partition(":")
    if attributes:
        return _defines(module, attributes.split("."))
    parent, _, name = module.rpartition(".")
    return _source_of(module) is not None or _defines(parent, [name])


def _defines(module: str, names: list[str]) -> bool:
    source = _source_of(module)
    if source is None:
        return False
    scope: ast.AST = ast.parse(source.read_text(encoding="utf-8"))
    for name in names:
        found = next((node for node in ast.iter_child_nodes(scope) if name in _names_bound_by(node)), None)
        if found is None:
            return False
        scope = found
    return True


def _names_bound_by(node: ast.AST) -> set[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {alias.asname or alias.name for alias in names}
        case _:
            return {
                part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }


def _source_of(module: str) -> Path | None:
    path = ROOT / module.replace(".", "/")
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def test_the_paths_of_every_tracked_file_are_found() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("This is no git checkout.")

    stale = [f"{name}: {path}" for path, name in written_paths() if not OTHER_NAMES.match(path) and not is_there(path)]

    assert not stale, "\n".join(stale)


def test_a_module_that_moved_is_not_found() -> None:
    services = "classifier" + ".services"  # in two parts, or the test above would find it

    assert not is_there(services)
    assert not is_there("classifier.predictions" + ".services:no_such_function")
