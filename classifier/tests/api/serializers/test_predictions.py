"""What a prediction shows is what its schema tells."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework import serializers

from classifier.api.serializers.predictions import PredictionSerializer
from classifier.models import Feedback, ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import upload


@pytest.fixture
def prediction(user: User, serving: ModelVersion) -> Prediction:
    return services.classify_upload(sender=Sender(user), upload=upload()).prediction


def told(serializer: Any) -> dict[str, Any]:
    """The names of a serializer's fields, with those inside them."""
    inner = {name: getattr(field, "child", field) for name, field in serializer.fields.items()}
    return {
        name: told(field) if isinstance(field, serializers.BaseSerializer) else ... for name, field in inner.items()
    }


def names(shown: Any) -> Any:
    if isinstance(shown, list):
        return names(shown[0])
    return {name: names(part) for name, part in shown.items()} if isinstance(shown, dict) else ...


def test_a_prediction_shows_every_field_of_its_schema_in_its_order(prediction: Prediction) -> None:
    prediction.photo_lost = True
    prediction.feedback = Feedback(prediction=prediction, verdict="right", label="red", by=prediction.owner)

    shown = PredictionSerializer(prediction).data

    assert names(dict(shown)) == told(PredictionSerializer())
    assert list(shown) == list(PredictionSerializer().fields)


def test_each_time_is_told_under_its_name_with_one_decimal(prediction: Prediction) -> None:
    prediction.decode_ms, prediction.preprocess_ms = 1.24, 2.26
    prediction.inference_ms, prediction.store_ms = 3.04, 4.97

    shown = PredictionSerializer(prediction).data["timings_ms"]

    assert shown == {"decode": 1.2, "preprocess": 2.3, "inference": 3.0, "store": 5.0}


def test_only_a_lost_photo_says_so(prediction: Prediction) -> None:
    assert "lost" not in PredictionSerializer(prediction).data["image"]
