"""Photos are classified on the command line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from classifier.models import ModelVersion
from classifier.tests.commands import run
from classifier.tests.examples import jpeg


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg("blue"))
    return path


def test_the_answer_comes_first_then_labels_with_percentages(serving: ModelVersion, photo: Path) -> None:
    out, _ = run("classify", str(photo), "--top-k", "2")

    assert out.splitlines() == ["A blue (99 %)", "blue (99 %)", "red (0 %)"]


def test_json_is_for_programs(serving: ModelVersion, photo: Path) -> None:
    out, _ = run("classify", str(photo), "--json")

    (answer,) = json.loads(out)
    assert (answer["photo"], answer["label"], len(answer["top"])) == (str(photo), "blue", 3)
    assert answer["model"]["name"] == "colours"
    assert (answer["answer"]["kind"], answer["answer"]["label"]) == ("exact", "blue")
    assert answer["answer_in_words"] == "A blue (99 %)"


def test_raw_is_the_triple_of_the_tutorials(serving: ModelVersion, photo: Path) -> None:
    out, _ = run("classify", str(photo), "--raw", "--top-k", "1")

    assert out.startswith("('', 'blue', 0.99")


def test_a_photo_that_fails_does_not_keep_the_others_from_their_answers(
    serving: ModelVersion, photo: Path, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="3 of 4 photos"):
        call_command(
            "classify",
            str(tmp_path / "missing.jpg"),
            str(tmp_path / "broken.jpg"),
            str(tmp_path),
            str(photo),
            stdout=out,
            stderr=err,
        )

    assert "blue (" in out.getvalue()
    assert "missing.jpg: No such file" in err.getvalue()
    assert "broken.jpg: The file is damaged" in err.getvalue()


def test_without_a_model_it_says_how_to_get_one(db: None, photo: Path) -> None:
    with pytest.raises(CommandError, match="install_model"):
        run("classify", str(photo))
