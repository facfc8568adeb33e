"""Tests mirror the tree: those of `classifier/a/b.py` are `classifier/tests/a/test_b.py`, or `test_b_<aspect>.py`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TESTS = ROOT / "classifier/tests"

FLOWS = "flows"
"""Where the tests lie that cross rooms."""

PROJECT = "project"
"""Where the tests lie of `classifier_project/`, and of the files around the code."""

AROUND_THE_CODE = {
    "test_asvs.py": "SECURITY.md",
    "test_catalogues.py": "classifier/locale/",
    "test_deploy.py": "deploy/",
    "test_deploy_kubernetes.py": "deploy/kubernetes/",
    "test_doc_links.py": "docs/",
    "test_docs.py": "docs/",
    "test_import_contracts.py": "the contracts in pyproject.toml",
    "test_mirror.py": "the tests themselves",
    "test_module_paths.py": "paths in settings, documents and configuration",
    "test_no_sleeping.py": "the tests themselves",
    "test_private_names.py": "the tests themselves",
    "test_project_files.py": "requirements, locks, versions, workflows",
    "test_stylesheets.py": "classifier/static/",
    "test_translated_templates.py": "classifier/templates/",
}

SHARED = {
    "admin/actions.py": "what staff do with rows",
    "api_calls.py": "photos sent to the API",
    "catalogues.py": "translations as they are written",
    "commands.py": "commands run in the process",
    "compat/replay.py": "recorded requests sent again",
    "empty_database.py": "a database without a table",
    "examples.py": "photos and model folders",
    "explained.py": "a photo whose model tells what speaks for its labels",
    "feedback/lessons.py": "people who correct answers",
    "flows/browser.py": "a real browser",
    "inference/engines/protocol_server.py": "a server that runs a network, and fails on purpose",
    "inference/packaging/networks.py": "networks as people have them",
    "inference/packaging/torch_files.py": "files as PyTorch writes them",
    "locks.py": "locks that somebody else holds",
    "recorded.py": "comparison with files on record",
    "rows.py": "rows without photos",
    "second_factors.py": "what an app on a phone shows",
    "settings.py": "what pytest-django starts with",
    "sockets.py": "a real server and raw connections to it",
    "stored_release.py": "the databases of earlier releases",
    "training/blocks.py": "a network that can learn",
    "training/photos.py": "photos to train with",
    "waiting.py": "waiting for other threads and processes",
    "web/reading.py": "pages as text",
    "work.py": "what an answer costs",
}
"""Modules without tests that several tests use."""


def strays(files: list[str]) -> Iterator[str]:
    """Of paths relative to the tests' folder, those that have no business where they are."""
    for file in files:
        path = Path(file)
        if path.name in ("__init__.py", "conftest.py"):
            is_at_home = path.parent.name in (FLOWS, PROJECT) or (ROOT / "classifier" / path.parent).is_dir()
        elif not path.name.startswith("test_"):
            is_at_home = file in SHARED
        elif path.parts[0] == FLOWS:
            is_at_home = len(path.parts) == 2
        elif path.parts[0] == PROJECT:
            is_at_home = path.name in AROUND_THE_CODE or _tested_by(path.name, ROOT / "classifier_project")
        else:
            is_at_home = _tested_by(path.name, ROOT / "classifier" / path.parent)
        if not is_at_home:
            yield file


def _tested_by(name: str, folder: Path) -> bool:
    """Whether `test_b_aspect.py` has a module or package `b`, or `b_aspect`, in the folder."""
    words = name.removeprefix("test_").removesuffix(".py").split("_")
    names = ("_".join(words[:count]) for count in range(1, len(words) + 1))
    return any((folder / f"{name}.py").is_file() or (folder / name).is_dir() for name in names)


def test_every_file_of_tests_lies_where_what_it_tests_lies() -> None:
    files = [str(path.relative_to(TESTS)) for path in TESTS.rglob("*.py")]

    assert not list(strays(files)), "Name it after a module of the same folder, or move it to flows/."


def test_what_is_listed_is_there() -> None:
    listed = [TESTS / PROJECT / name for name in AROUND_THE_CODE] + [TESTS / name for name in SHARED]

    assert not [str(path) for path in listed if not path.is_file()]


@pytest.mark.parametrize(
    "file",
    [
        "test_dashboard.py",
        "helpers.py",
        "flows/deeper/test_steps.py",
        "project/test_weather.py",
        "predictions/test_the_end.py",
        "tutorials/__init__.py",
        "tutorials/test_vgg16.py",
    ],
)
def test_a_file_in_the_wrong_place_is_found(file: str) -> None:
    assert list(strays([file])) == [file]


@pytest.mark.parametrize(
    "file", ["test_models.py", "predictions/test_services.py", "predictions/test_services_durability.py"]
)
def test_a_file_named_after_a_module_is_at_home(file: str) -> None:
    assert not list(strays([file]))
