"""`manage.py evaluate_model`: which class a folder of photos is named by, and whose probability counts."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from classifier.inference.packaging.install import Choices, install
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import picture
from classifier.tests.inference.packaging.networks import colour_onnx, names_file

RED, GREEN, BLUE, PINK = (250, 0, 0), (0, 250, 0), (0, 0, 250), (250, 0, 200)


def evaluated(tmp_path: Path, names: tuple[str, ...], folders: dict[str, tuple[int, int, int]]) -> str:
    """What is said of a model that calls red, green, blue and anything else by these names, and of plain photos."""
    file = colour_onnx(tmp_path / "colours.onnx")
    labels = names_file(tmp_path, *names)
    folder = install(str(file), models_dir=tmp_path / "models", choices=Choices(labels=labels, scaling="unit"))
    versions.activate(versions.register(folder))
    for name, colour in folders.items():
        (tmp_path / "photos" / name).mkdir(parents=True)
        Image.new("RGB", (40, 30), colour).save(tmp_path / "photos" / name / "plain.png")
    said = StringIO()
    call_command("evaluate_model", tmp_path / "photos", stdout=said)
    return said.getvalue()


def test_a_folder_is_the_class_that_is_spelled_so_before_any_other(db: None, tmp_path: Path) -> None:
    said = evaluated(tmp_path, ("Ball", "ball", "a_b", "a b"), {"Ball": RED, "ball": GREEN, "a_b": BLUE})

    assert "top-1 100.0%" in said


def test_a_folder_may_be_spelled_otherwise(db: None, tmp_path: Path) -> None:
    assert "top-1 100.0%" in evaluated(tmp_path, ("red_ball", "x", "blue", "y"), {"Red Ball": RED, "BLUE": BLUE})


@pytest.mark.parametrize(
    ("folder", "names"), [("BALL", ("Ball", "ball", "blue", "x")), ("ball", ("ball", "ball", "blue", "x"))]
)
def test_a_folder_that_may_be_two_classes_is_refused(
    db: None, tmp_path: Path, folder: str, names: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError, match=f"{folder}' may be any of {names[0]}, {names[1]}. Rename"):
        evaluated(tmp_path, names, {folder: RED, "blue": BLUE})


def test_each_class_has_its_own_probability_where_two_have_one_name(db: None, tmp_path: Path) -> None:
    """Pink is red before it is blue; only green, the other ball, is behind."""
    assert "top-1 0.0%" in evaluated(tmp_path, ("ball", "ball", "blue", "x"), {"blue": PINK, "x": PINK})


def test_a_photo_whose_name_is_no_utf_8_has_its_row(serving: ModelVersion, tmp_path: Path) -> None:
    for name in ("red", "green"):
        (tmp_path / "photos" / name).mkdir(parents=True)
        picture(name).save(tmp_path / "photos" / name / os.fsdecode(b"caf\xe9.png"))

    call_command("evaluate_model", tmp_path / "photos", csv=tmp_path / "rows.csv")

    assert r"red/caf\udce9.png,red,1" in (tmp_path / "rows.csv").read_text(encoding="utf-8")
