"""What a model folder says about its model."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from classifier.inference.errors import BrokenModelFolderError
from classifier.inference.packaging.folders import verify
from classifier.inference.packaging.manifests import MANIFEST, read_manifest, write_manifest
from classifier.inference.service import ClassifierService
from classifier.tests.examples import PUBLISHED, build_colour_model


def test_a_folder_tells_what_was_published_of_its_model(tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="colours")
    manifest = replace(read_manifest(folder), published=PUBLISHED, license="Apache-2.0")

    write_manifest(folder, manifest)

    assert read_manifest(folder) == manifest


def test_a_folder_from_before_there_were_published_figures_is_read(tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="colours")
    facts = json.loads((folder / MANIFEST).read_text())
    del facts["published"], facts["license"]
    (folder / MANIFEST).write_text(json.dumps(facts))

    manifest = read_manifest(folder)

    assert (manifest.published, manifest.license) == (None, "")


@pytest.mark.parametrize("source", ["javascript:alert(1)", "http://example.org/", ""])
def test_a_source_that_is_no_https_page_is_refused(tmp_path: Path, source: str) -> None:
    folder = build_colour_model(tmp_path, name="colours")
    write_manifest(folder, replace(read_manifest(folder), published=replace(PUBLISHED, source=source)))

    with pytest.raises(BrokenModelFolderError, match=r"published\.source.*https"):
        read_manifest(folder)


@pytest.mark.parametrize("name", ["model.bin", "model.xml", "labels.json", "model.json"])
def test_a_folder_that_lacks_a_file_is_broken(tmp_path: Path, name: str) -> None:
    folder = build_colour_model(tmp_path, name="colours")
    (folder / name).unlink()

    with pytest.raises(BrokenModelFolderError):
        verify(folder)


def test_a_folder_whose_labels_were_altered_is_broken(tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="colours")
    (folder / "labels.json").write_text(json.dumps(["green", "red", "blue"]))

    with pytest.raises(BrokenModelFolderError, match="altered"):
        ClassifierService.open(folder)
