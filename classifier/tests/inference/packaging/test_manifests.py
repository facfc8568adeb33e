"""`model.json` from a stranger: exactly what this project writes, or refused with the fact that is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from classifier.inference.errors import BrokenModelFolderError, UnsupportedModelError
from classifier.inference.packaging.folders import copy_model_folder
from classifier.inference.packaging.manifests import MANIFEST, check_name, read_manifest
from classifier.tests.examples import build_colour_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build_colour_model(tmp_path, name="colours")


def rewrite(folder: Path, **facts: Any) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), **facts}))


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"name": "../../escaped"}, "name"),
        ({"name": "Colours"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": None}, "name"),
        ({"version": "../x"}, "version"),
        ({"classes": -1}, "classes"),
        ({"classes": "3"}, "classes"),
        ({"output": "logits"}, "output"),
        ({"extra": 1}, "extra"),
        ({"preprocessing": {"width_px": 16}}, "preprocessing"),
        ({"preprocessing": {"width_px": 10**9, "height_px": 16, "resize": "crop", "scaling": "unit"}}, "width_px"),
        ({"preprocessing": {"width_px": 16, "height_px": 16, "resize": "crop", "scaling": "eval"}}, "scaling"),
        ({"weights_sha256": "x"}, "weights_sha256"),
        ({"accuracy": {"top_1": "good"}}, "accuracy"),
        ({"parity": {"max_difference": 0}}, "parity"),
    ],
)
def test_a_fact_that_is_not_ours_is_named(folder: Path, facts: dict[str, Any], where: str) -> None:
    rewrite(folder, **facts)

    with pytest.raises(BrokenModelFolderError, match=where):
        read_manifest(folder)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, "\x00"])
def test_what_is_no_manifest_is_refused(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text)

    with pytest.raises(BrokenModelFolderError):
        read_manifest(folder)


def test_a_copy_has_the_known_files_alone(folder: Path, tmp_path: Path) -> None:
    (folder / "run.py").write_text("print()")
    (folder / "sub").mkdir()

    copied = copy_model_folder(folder, tmp_path / "models")

    assert sorted(path.name for path in copied.iterdir()) == ["labels.json", "model.bin", "model.json", "model.xml"]


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (folder / "report.json").symlink_to(tmp_path / "secret")

    with pytest.raises(BrokenModelFolderError, match="links"):
        copy_model_folder(folder, tmp_path / "models")


@pytest.mark.parametrize("name", ["", "a/b", "..\\x", "Ä", "a b", "x" * 101])
def test_a_name_that_no_folder_may_have_is_refused(name: str) -> None:
    with pytest.raises(UnsupportedModelError, match="--name"):
        check_name(name)
