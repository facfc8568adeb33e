"""What speaks for a label of a stored photo: which label is meant, and through which gate the photo goes."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.errors import AnsweredByOtherModelError, BusyError, ThrottledError, UnknownLabelError
from classifier.inference.types import Label
from classifier.models import ModelVersion, Prediction
from classifier.predictions import explanation, services
from classifier.predictions.intake import Sender
from classifier.tests.examples import encoded, two_colours, upload

CRANES = [Label("n02012849", "crane"), Label("n03126707", "crane"), Label("", "red_kite")]


@pytest.fixture
def stored(places: ModelVersion, user: User) -> Prediction:
    """A photo with red in its upper left."""
    data = encoded(two_colours("red", (0, 0, 32, 32), size=(128, 128)), "PNG")
    return services.classify_upload(sender=Sender(user), upload=upload(data)).prediction


def test_the_label_of_the_prediction_is_explained_when_none_is_named(stored: Prediction, user: User) -> None:
    found = explanation.explain(stored, sender=Sender(user))

    assert found.class_map.label.name == stored.label == "blue"
    assert found.photo_size == (128, 128)


def test_any_label_is_explained_and_its_place_is_said(stored: Prediction, user: User) -> None:
    assert explanation.explain(stored, sender=Sender(user), label="red").words == "mostly the upper left"


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"wnid": "n02012849"}, 0),
        ({"label": "crane"}, 1),
        ({"label": "red kite"}, 2),
        ({"label": "red_kite"}, 2),
        ({}, 1),
    ],
)
def test_of_two_labels_with_one_name_the_one_that_was_kept_is_meant(asked: dict[str, str], index: int) -> None:
    top = [{"wnid": "n03126707", "label": "crane", "probability": 0.9}]
    row = Prediction(label="crane", wnid="n03126707", top=top)

    assert explanation.find_label(CRANES, row, **asked) == index


@pytest.mark.parametrize("asked", [{"wnid": "n00000000"}, {"label": "stork"}])
def test_a_label_that_the_model_has_not_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(UnknownLabelError):
        explanation.find_label(CRANES, Prediction(label="crane", wnid="n02012849", top=[]), **asked)


def test_another_model_does_not_answer_for_the_one_that_made_the_prediction(
    stored: Prediction, user: User, serving: ModelVersion
) -> None:
    assert not explanation.is_explainable(stored)
    with pytest.raises(AnsweredByOtherModelError):
        explanation.explain(stored, sender=Sender(user))


def test_it_counts_like_a_photo_of_the_account(stored: Prediction, user: User, settings: Any) -> None:
    settings.CLASSIFIER_UPLOADS_PER_MINUTE = 2
    explanation.explain(stored, sender=Sender(user))

    with pytest.raises(ThrottledError):
        explanation.explain(stored, sender=Sender(user))


def test_it_waits_at_the_gate_like_a_photo(stored: Prediction, user: User, settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = settings.CLASSIFIER_MAX_WAITING_PHOTOS = 0

    with pytest.raises(BusyError):
        explanation.explain(stored, sender=Sender(user))
