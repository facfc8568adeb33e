"""Another model asked about a stored photo: what it says, what stays as it was, and who is sent away."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.errors import BusyError, PhotoLostError, ThrottledError
from classifier.inference import instance
from classifier.models import ModelVersion, Prediction, PreviousPrediction
from classifier.predictions import photo_comparison, services
from classifier.predictions.intake import Sender
from classifier.tests.examples import photo_files, upload


@pytest.fixture
def stored(serving: ModelVersion, user: User) -> Prediction:
    return services.classify_upload(sender=Sender(user), upload=upload()).prediction


def test_another_model_answers_and_nothing_changes(
    stored: Prediction, second: ModelVersion, user: User, home: Path, settings: Any
) -> None:
    before, files = Prediction.objects.values().get(), photo_files(settings.MEDIA_ROOT)
    serving = instance.get()

    other = photo_comparison.ask(second, stored, sender=Sender(user))

    kept = photo_comparison.kept_answer(stored)
    assert (other.model, other.scored[0].label, len(other.scored)) == (str(second), "red", 3)
    assert other.agrees_with(kept)
    assert other.scored[0].probability != kept.scored[0].probability
    assert other.time_ms > 0
    assert Prediction.objects.values().get() == before
    assert photo_files(settings.MEDIA_ROOT) == files
    assert not PreviousPrediction.objects.exists()
    assert instance.get() is serving


def test_the_model_that_serves_is_asked_as_it_is(
    stored: Prediction, second: ModelVersion, serving: ModelVersion, user: User
) -> None:
    Prediction.objects.update(model_version=second)

    assert photo_comparison.ask(serving, stored, sender=Sender(user)).model == str(serving)
    assert photo_comparison.ask(serving, stored, sender=Sender(user)).model == str(serving)  # it was not closed


def test_it_counts_as_a_photo_of_who_asks(stored: Prediction, second: ModelVersion, user: User, settings: Any) -> None:
    settings.CLASSIFIER_UPLOADS_PER_MINUTE = 1

    with pytest.raises(ThrottledError):
        photo_comparison.ask(second, stored, sender=Sender(user))


def test_one_model_at_a_time_is_loaded_beside_the_one_that_serves(
    stored: Prediction, second: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_loading, may_go_on = threading.Event(), threading.Event()
    load = instance.load

    def slow(folder: Path) -> Any:
        is_loading.set()
        may_go_on.wait(10)
        return load(folder)

    monkeypatch.setattr(instance, "load", slow)
    first = threading.Thread(target=photo_comparison.ask, args=(second, stored), kwargs={"sender": Sender()})
    first.start()
    try:
        assert is_loading.wait(10)
        with pytest.raises(BusyError):
            photo_comparison.ask(second, stored, sender=Sender())
    finally:
        may_go_on.set()
        first.join(10)

    assert photo_comparison.ask(second, stored, sender=Sender()).scored[0].label == "red"


def test_a_model_that_cannot_be_loaded_is_said_to_be_so(stored: Prediction, second: ModelVersion) -> None:
    second.path = "nowhere"

    for _ in range(2):  # the first failure leaves nothing locked
        with pytest.raises(photo_comparison.NoAnswerError):
            photo_comparison.ask(second, stored, sender=Sender())


def test_a_lost_photo_is_said_to_be_lost(stored: Prediction, second: ModelVersion) -> None:
    stored.image.storage.delete(str(stored.image.name))

    with pytest.raises(PhotoLostError):
        photo_comparison.ask(second, stored, sender=Sender())
