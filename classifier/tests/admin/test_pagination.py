"""The list of predictions knows how many there are, and counts no more of them than it must."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.admin import pagination
from classifier.admin.pagination import PredictionPaginator
from classifier.models import ModelVersion, Prediction, StorageUse
from classifier.tests.rows import make_prediction


@pytest.fixture
def three(user: User, serving: ModelVersion) -> list[Prediction]:
    StorageUse.objects.create(owner=user, photos=700)
    return [make_prediction(user, serving, label) for label in ("red", "red", "blue")]


def count(rows: Any) -> int:
    return PredictionPaginator(rows, 100).count


def test_few_are_counted(three: list[Prediction]) -> None:
    assert count(Prediction.objects.all()) == 3


def test_of_many_the_accounts_totals_are_taken(three: list[Prediction], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "MOST_COUNTED", 2)

    assert count(Prediction.objects.all()) == 700
    assert count(Prediction.objects.filter(label="red")) == 2
