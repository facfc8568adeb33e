"""Two models that look at the same stored photos: what is kept of it, and what stops it."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from classifier.model_registry import versions
from classifier.models import FlippedPhoto, ModelComparison, ModelVersion, Prediction
from classifier.predictions import model_comparison, services
from classifier.predictions.admission import gate
from classifier.predictions.deletion import delete_predictions
from classifier.predictions.intake import Sender
from classifier.tests.examples import build_places_model, encoded, photo_files, picture, upload
from classifier.tests.locks import held_elsewhere
from classifier.tests.rows import say

State = ModelComparison.State


@pytest.fixture
def stored(serving: ModelVersion, user: User) -> list[Prediction]:
    """A red photo and one of a blue that the other model takes for green."""
    photos = [picture("red"), picture((0, 120, 130))]
    return [
        services.classify_upload(sender=Sender(user), upload=upload(encoded(photo, "PNG"))).prediction
        for photo in photos
    ]


@pytest.fixture
def confused(db: None, tmp_path: Path) -> ModelVersion:
    """A model that answers red whatever it sees."""
    return versions.register(build_places_model(tmp_path / "confused", name="confused", bias=100.0))


def compare(old: ModelVersion, new: ModelVersion, **options: Any) -> ModelComparison:
    return model_comparison.run(model_comparison.request_comparison(old, new, photos=10), **options)


def test_agreement_and_flips_are_kept_with_their_photos(
    stored: list[Prediction], serving: ModelVersion, confused: ModelVersion
) -> None:
    done = compare(serving, confused)

    assert done.state == State.DONE
    assert done.report is not None
    assert (done.report["photos"], done.report["agreed"], done.report["known"]) == (2, 1, 0)
    assert done.report["old"]["photo_ms"] > 0
    flip = done.flips.get()
    assert (flip.prediction, flip.old_label, flip.new_label) == (stored[1], "blue", "red")


def test_the_model_that_serves_goes_on_serving(
    stored: list[Prediction], serving: ModelVersion, confused: ModelVersion
) -> None:
    compare(confused, serving)

    assert versions.active() == serving


def test_feedback_says_who_is_right(stored: list[Prediction], serving: ModelVersion, confused: ModelVersion) -> None:
    say(stored[1], "blue")

    done = compare(serving, confused)

    assert done.report is not None
    assert (done.report["known"], done.report["old_right"], done.report["new_right"]) == (1, 1, 0)
    assert done.flips.get().truth == "blue"


def test_a_photo_that_is_gone_is_left_out(
    stored: list[Prediction], serving: ModelVersion, confused: ModelVersion, home: Path
) -> None:
    for file in photo_files(home / "media"):
        if str(stored[0].pk) in file.name:
            file.unlink()

    done = compare(serving, confused)

    assert done.report is not None
    assert (done.report["photos"], done.report["skipped"]) == (1, 1)


def test_while_the_server_is_busy_it_waits(
    stored: list[Prediction], serving: ModelVersion, confused: ModelVersion, settings: Any
) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS, settings.CLASSIFIER_MAX_WAITING_PHOTOS = 1, 0
    waits = []
    upload_in_progress = gate.entered(account="ada")
    upload_in_progress.__enter__()

    def pause(seconds: float) -> None:
        waits.append(seconds)
        upload_in_progress.__exit__(None, None, None)

    done = compare(serving, confused, pause=pause)

    assert done.state == State.DONE
    assert waits == [model_comparison.RETRY_AFTER_S]


def test_a_cancelled_one_ends_and_keeps_no_report(
    stored: list[Prediction], serving: ModelVersion, confused: ModelVersion
) -> None:
    comparison = model_comparison.request_comparison(serving, confused, photos=10)

    done = model_comparison.run(comparison, progress=lambda made: model_comparison.cancel(comparison))

    assert (done.state, done.report) == (State.CANCELLED, None)
    assert not FlippedPhoto.objects.exists()
    assert not model_comparison.cancel(comparison)


def test_a_model_that_cannot_be_loaded_is_told(
    stored: list[Prediction], serving: ModelVersion, confused: ModelVersion
) -> None:
    (confused.folder / "model.xml").unlink()

    done = compare(serving, confused)

    assert done.state == State.FAILED
    assert "lacks model.xml" in done.error


def test_a_deleted_photo_leaves_nothing_behind(
    stored: list[Prediction], serving: ModelVersion, confused: ModelVersion
) -> None:
    compare(serving, confused)

    delete_predictions([row.pk for row in stored])

    assert not FlippedPhoto.objects.exists()


def test_the_sample_has_each_photo_once(stored: list[Prediction]) -> None:
    lost = stored[0]
    Prediction.objects.filter(pk=lost.pk).update(photo_lost=True)

    samples: list[list[UUID]] = [model_comparison.sample_photos(count) for count in (0, 1, 10)]

    assert samples == [[], [stored[1].pk], [stored[1].pk]]


def test_one_process_compares_at_a_time(db: None) -> None:
    with held_elsewhere("model-comparison"), model_comparison.only_one() as is_held:
        assert not is_held
