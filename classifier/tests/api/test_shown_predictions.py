"""What a prediction shows is what its schema tells."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework import serializers

from classifier import services
from classifier.api.serializers import PredictionSerializer
from classifier.models import ModelVersion, Prediction
from classifier.tests.examples import upload


@pytest.fixture
def prediction(user: User, serving: ModelVersion) -> Prediction:
    return services.classify_upload(owner=user, upload=upload()).prediction


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

    shown = PredictionSerializer(prediction).data

    assert names(dict(shown)) == told(PredictionSerializer())
    assert list(shown) == list(PredictionSerializer().fields)


def test_only_a_lost_photo_says_so(prediction: Prediction) -> None:
    assert "lost" not in PredictionSerializer(prediction).data["image"]
