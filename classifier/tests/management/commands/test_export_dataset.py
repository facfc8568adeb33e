from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from classifier.feedback import corrections
from classifier.feedback.corrections import Correction, Verdict
from classifier.models import ModelVersion
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import upload


def test_it_says_how_many_photos_there_are_and_what_to_type_next(
    user: User, serving: ModelVersion, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prediction = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    corrections.give(prediction, Correction(Verdict.RIGHT), by=user)

    call_command("export_dataset", tmp_path / "photos")

    told = capsys.readouterr().out
    assert "1 photos of 1 classes" in told
    assert f"manage.py train_model {tmp_path / 'photos'}" in told


def test_an_export_that_cannot_be_is_an_error(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="confirm or correct"):
        call_command("export_dataset", tmp_path / "photos")
