"""Stored photos classified again."""

import io
import json
import threading
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.accounts.export import write_zip
from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction, ReclassificationJob
from classifier.predictions import queue_worker, reclassification, services
from classifier.predictions.admission import gate
from classifier.predictions.intake import Sender
from classifier.tests.examples import build_colour_model, upload


@pytest.fixture
def stored(user: User, serving: ModelVersion) -> Prediction:
    return services.classify_upload(sender=Sender(user), upload=upload()).prediction


@pytest.fixture
def second(stored: Prediction, tmp_path: Path) -> ModelVersion:
    """Another model, active since the photo was stored."""
    version = versions.register(build_colour_model(tmp_path, name="second", gain=3.0))
    versions.activate(version)
    return version


def test_the_new_answer_takes_the_place_of_the_old_one_which_is_kept(
    stored: Prediction, serving: ModelVersion, second: ModelVersion
) -> None:
    reclassification.request_reclassification([stored.pk])

    assert reclassification.reclassify_all() == 1

    renewed = Prediction.objects.get()
    earlier = renewed.previous_predictions.get()
    assert (renewed.model_version, earlier.model_version) == (second, serving)
    assert (renewed.label, earlier.label) == ("red", "red")
    assert renewed.probability < earlier.probability == stored.probability
    assert earlier.top == stored.top
    assert earlier.answer == stored.answer
    assert renewed.answer_probability == renewed.probability
    assert not ReclassificationJob.objects.exists()


def test_a_photo_that_the_active_model_answered_stays_as_it_is(stored: Prediction) -> None:
    reclassification.request_reclassification([stored.pk])

    assert reclassification.reclassify_all() == 0
    assert not stored.previous_predictions.exists()
    assert not ReclassificationJob.objects.exists()


def test_the_limits_are_those_of_uploads(stored: Prediction, second: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_MAX_IMAGE_PIXELS = 1
    reclassification.request_reclassification([stored.pk])

    assert reclassification.reclassify_all() == 0
    assert not ReclassificationJob.objects.exists()


def test_a_photo_asked_for_twice_is_classified_once(stored: Prediction, second: ModelVersion) -> None:
    reclassification.request_reclassification([stored.pk])
    reclassification.request_reclassification([stored.pk])

    assert reclassification.reclassify_all() == 1


def test_a_lost_photo_holds_up_none_of_the_others(stored: Prediction, user: User, second: ModelVersion) -> None:
    versions.activate(stored.model_version)
    other = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    versions.activate(second)
    Path(stored.image.path).unlink()
    reclassification.request_reclassification([stored.pk, other.pk])

    assert reclassification.reclassify_all() == 1
    assert other.previous_predictions.exists()
    assert not stored.previous_predictions.exists()


def test_what_was_asked_for_waits_while_people_send_photos_of_their_own(
    stored: Prediction, second: ModelVersion, settings: Any
) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS, settings.CLASSIFIER_MAX_WAITING_PHOTOS = 1, 0
    pauses: list[float] = []
    theirs = ExitStack()
    theirs.enter_context(gate.entered())

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        theirs.close()

    reclassification.request_reclassification([stored.pk])
    renewed = reclassification.reclassify_all(pause=pause)

    assert (renewed, len(pauses)) == (1, 1)


def test_old_answers_are_in_the_export(stored: Prediction, serving: ModelVersion, second: ModelVersion) -> None:
    reclassification.request_reclassification([stored.pk])
    reclassification.reclassify_all()

    file = io.BytesIO()
    write_zip(stored.owner, file)
    archive = zipfile.ZipFile(file)

    row = json.loads(archive.read("predictions.json"))[0]
    (earlier,) = row["earlier_answers"]
    assert (earlier["label"], earlier["probability"], earlier["model"]) == ("red", stored.probability, str(serving))
    assert (earlier["answer"]["kind"], earlier["answer_in_words"]) == ("exact", stored.sentence)
    assert row["answer"]["kind"] == "exact"


def test_of_two_processes_that_answer_at_once_one_answer_is_kept(stored: Prediction, second: ModelVersion) -> None:
    seen_by_the_other = Prediction.objects.select_related("model_version").get()

    reclassification.reclassify(stored)
    reclassification.reclassify(seen_by_the_other)

    assert stored.previous_predictions.count() == 1


def test_the_background_works_off_what_waits(
    stored: Prediction, second: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Callable[[], None]] = []
    monkeypatch.setattr(threading, "Thread", lambda target, **_: SimpleNamespace(start=lambda: started.append(target)))
    monkeypatch.setattr(queue_worker, "close_old_connections", lambda: None)
    reclassification.request_reclassification([stored.pk])

    reclassification.work_in_background()
    started[0]()

    assert stored.previous_predictions.exists()


@pytest.mark.django_db(transaction=True)
def test_jobs_that_another_process_queues_are_found(stored: Prediction, second: ModelVersion) -> None:
    versions.activate(second)
    versions.serve_active()
    rounds, pauses, paused = threading.Semaphore(0), [], threading.Semaphore(0)

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        paused.release()
        rounds.acquire()

    reclassification.follow_in_background(pause=pause)
    assert paused.acquire(timeout=60)
    reclassification.request_reclassification([stored.pk])
    rounds.release()

    assert paused.acquire(timeout=60)
    assert pauses == [60, 60]
    assert stored.previous_predictions.exists()
