"""Rows read and added in plain SQL are those that the ORM would read and add."""

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
    """A prediction added in plain SQL, as the database gives it back; the ORM's own of the same is deleted before."""
    row = make_prediction(user, version, "lemon", **fields)
    forget(row)
    Columns(Prediction).insert(row)
    return Prediction.objects.get()


def forget(row: Prediction) -> None:
    """The row in memory is as it was before it was saved."""
    Prediction.objects.filter(pk=row.pk).delete()
    row._state.adding = True


def test_a_row_is_added_as_the_orm_adds_it(user: User, second: ModelVersion) -> None:
    fields = {"top": [{"label": "lemon", "probability": 0.5}], "image": "a.jpg", "filename": "lemon's.jpg"}
    by_orm = make_prediction(user, second, "lemon", **fields)
    expected = {**values_of(Prediction.objects.get()), "id": None}
    forget(by_orm)

    row = added(user, second, created_at=by_orm.created_at, **fields)

    assert {**values_of(row), "id": None} == expected


def test_whoever_follows_such_rows_is_told(user: User, second: ModelVersion) -> None:
    row = added(user, second)

    assert SearchText.objects.get().prediction == row


def test_a_row_that_was_added_is_saved_again_as_the_same(user: User, second: ModelVersion) -> None:
    row = make_prediction(user, second, "lemon")
    forget(row)
    Columns(Prediction).insert(row)

    row.label = "orange"
    row.save()

    assert [found.label for found in Prediction.objects.all()] == ["orange"]


def test_a_row_whose_key_is_taken_is_refused(user: User, second: ModelVersion) -> None:
    row = make_prediction(user, second, "lemon")

    with pytest.raises(IntegrityError):
        Columns(Prediction).insert(row)
