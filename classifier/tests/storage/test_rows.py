"""Rows read in plain SQL are those that the ORM would read."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from classifier.models import DeviceToken
from classifier.storage.rows import Columns


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
