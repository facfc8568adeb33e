"""What the project's own files say of it: once, or everywhere the same."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from setuptools.config.pyprojecttoml import read_configuration

from classifier import __version__

ROOT = Path(settings.BASE_DIR)
LOCKS = ["requirements-serve.lock", "requirements.lock", "requirements-dev.lock"]


def read(name: str) -> str:
    return (ROOT / name).read_text()


def required(name: str) -> Iterator[Requirement]:
    """The direct requirements of a file and of those that it includes."""
    for line in (line.partition("  #")[0] for line in read(name).splitlines()):
        if line.startswith("-r "):
            yield from required(line.removeprefix("-r "))
        elif line and not line.startswith("#"):
            yield Requirement(line)


def locked(name: str) -> dict[str, set[str]]:
    """A lock file's packages, each with its versions; some Pythons have another than others."""
    found: dict[str, set[str]] = {}
    for line in re.findall(r"^[\w.-]+.*", read(name), re.MULTILINE):
        requirement = Requirement(line.removesuffix(" \\"))
        found.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_locked_at_its_version(lock: str) -> None:
    wanted = {canonicalize_name(item.name): {str(item.specifier)} for item in required(lock.replace(".lock", ".txt"))}

    assert wanted == {name: versions for name, versions in locked(lock).items() if name in wanted}


@pytest.mark.parametrize("lock", LOCKS[:-1])
def test_tests_run_on_what_is_served(lock: str) -> None:
    served, tested = locked(lock), locked(LOCKS[-1])

    assert served == {name: versions for name, versions in tested.items() if name in served}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_every_package_and_names_no_registry(lock: str) -> None:
    text = read(lock)

    packages = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert re.findall(r"\w+://|^--?\w+.*", text, re.MULTILINE) == []


def test_the_same_pythons_are_named_everywhere() -> None:
    allowed = SpecifierSet(tomllib.loads(read("pyproject.toml"))["project"]["requires-python"])
    pythons = [f"3.{minor}" for minor in range(30) if allowed.contains(f"3.{minor}.9")]
    workflow: Any = yaml.safe_load(read(".github/workflows/ci.yml"))

    assert re.search(r"^PYTHONS := (.*)$", read("Makefile"), re.MULTILINE)[1].split() == [f"python{p}" for p in pythons]  # type: ignore[index]
    assert workflow["jobs"]["server"]["strategy"]["matrix"]["python"] == pythons


def test_the_version_is_that_of_the_newest_release_in_the_changelog() -> None:
    releases = re.findall(r"^## (\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d$", read("CHANGELOG.md"), re.MULTILINE)

    assert releases[0] == __version__
    assert read_configuration(ROOT / "pyproject.toml", expand=True)["project"]["version"] == __version__
