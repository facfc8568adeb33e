"""Rows read and added in plain SQL are those that the ORM would read and add."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.db.models import Model
from django.utils import timezone

from classifier.models import DeviceToken, ModelVersion, Prediction, SearchText
from classifier.storage.rows import Columns
from classifier.tests.rows import make_prediction


def values_of(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def read(model: type[Model]) -> Model:
    """The only row of a table, in plain SQL."""
    columns = Columns(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {model._meta.db_table}")
        (row,) = cursor.fetchall()
    assert len(row) == len(columns)
    return columns.instance(row)


@pytest.mark.parametrize("model", [User, DeviceToken])
def test_a_row_is_read_as_the_orm_reads_it(user: User, model: Any) -> None:
    User.objects.update(last_login=timezone.now())
    DeviceToken.objects.create(user, device_name="phone")

    found = read(model)

    assert values_of(found) == values_of(model.objects.get())
    assert found == model.objects.get()


def added(user: User, version: ModelVersion, **fields: Any) -> Prediction:
    """A prediction added in plain SQL, with the values that the ORM added in a row that is gone."""
    known = make_prediction(user, version, "lemon", **fields)
    row = Prediction(**values_of(known))
    known.delete()
    Columns(Prediction).insert(row)
    return row


def test_a_row_is_added_as_the_orm_adds_it(user: User, second: ModelVersion) -> None:
    fields = {"top": [{"label": "lemon", "probability": 0.5}], "image": "a.jpg", "filename": "lemon's.jpg"}
    key, moment = uuid.uuid4(), timezone.now()
    make_prediction(user, second, "lemon", id=key, created_at=moment, **fields)
    expected = values_of(Prediction.objects.get())
    Prediction.objects.all().delete()

    added(user, second, id=key, created_at=moment, **fields)

    assert values_of(Prediction.objects.get()) == expected


def test_whoever_follows_such_rows_is_told(user: User, second: ModelVersion) -> None:
    row = added(user, second)

    assert SearchText.objects.get().prediction == row


def test_a_row_that_was_added_is_saved_again_as_the_same(user: User, second: ModelVersion) -> None:
    row = added(user, second)

    row.label = "orange"
    row.save()

    assert [found.label for found in Prediction.objects.all()] == ["orange"]


def test_a_row_whose_key_is_taken_is_refused(user: User, second: ModelVersion) -> None:
    row = make_prediction(user, second, "lemon")

    with pytest.raises(IntegrityError):
        Columns(Prediction).insert(row)
