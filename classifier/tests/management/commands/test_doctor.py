"""What the doctor finds."""

import collections
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from classifier.models import ModelVersion, ThrottleWindow


@pytest.fixture(autouse=True)
def development(settings: Any) -> None:
    settings.DEBUG = True


def looked_at() -> tuple[str, bool]:
    """What was printed, and whether all is well."""
    out = io.StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode == 0
    return out.getvalue(), True


def test_a_server_that_has_all_it_needs_is_well(serving: ModelVersion, home: Path) -> None:
    home.mkdir(exist_ok=True)

    page, is_well = looked_at()

    assert is_well, page
    assert f"{serving} classifies an image in" in page
    assert not ThrottleWindow.objects.exists()
    assert not [path for path in (home / "media").rglob("*") if path.is_file()]


def test_without_a_model_it_says_what_to_run(db: None) -> None:
    page, is_well = looked_at()

    assert not is_well
    assert "FAIL  model     No model is active. Run manage.py install_model resnet50 --activate." in page


def test_a_folder_that_cannot_be_written_to_is_named(serving: ModelVersion, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file, not a folder")
    settings.MEDIA_ROOT = tmp_path / "blocked/media"

    page, is_well = looked_at()

    assert not is_well
    assert "FAIL  storage" in page
    assert "blocked/media" in page


def test_poor_settings_are_named(serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_TOP_K = 0

    page, is_well = looked_at()

    assert not is_well
    assert "CLASSIFIER_TOP_K is 0" in page


def test_a_name_that_is_no_setting_is_told(serving: ModelVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSIFIER_TOPK", "3")

    page, is_well = looked_at()

    assert not is_well
    assert "CLASSIFIER_TOPK is no setting; it changes nothing. Did you mean CLASSIFIER_TOP_K?" in page


@pytest.mark.parametrize(("free_bytes", "well"), [(10 * 1024**3, True), (1024**2, False)])
def test_a_disk_that_is_nearly_full_is_a_problem(
    serving: ModelVersion, monkeypatch: pytest.MonkeyPatch, free_bytes: int, well: bool
) -> None:
    usage = collections.namedtuple("usage", "total used free")  # as shutil's own
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(20 * 1024**3, 0, free_bytes))

    assert looked_at()[1] is well
