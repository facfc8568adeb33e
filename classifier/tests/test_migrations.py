"""Every state that a database was ever in, with rows in all its tables, becomes today's, and loses none of them."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from classifier.models import SearchText
from classifier.search import index
from classifier.storage.backup.databases import connected_to
from classifier.tests.empty_database import empty_database

pytestmark = pytest.mark.django_db(transaction=True)
STATES = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "classifier")

SHORT_LIVED = {"classifier_throttlewindow"}
"""Counts of the last hour, which a later version may begin anew."""
BY_TYPE: dict[type[Any], Any] = {
    models.FileField: lambda number: f"photos/1/{number}.jpg",
    models.CharField: lambda number: f"x{number - 1 or ''}",
    models.TextField: lambda number: f"x{number - 1 or ''}",
    models.FloatField: lambda _: 0.5,
    models.IntegerField: lambda number: 6 + number,
    models.JSONField: lambda _: [{"label": "x", "probability": 0.5}],
    models.UUIDField: lambda number: uuid.UUID(int=number),
    models.BooleanField: lambda number: number == 1,
    models.DateTimeField: lambda _: timezone.now(),
}
"""A value for the first row of a table, the second and so on: what must be unique is."""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[None]:
    """Queries go to a database without a table."""
    with empty_database(tmp_path) as name, connected_to(name):
        yield


def fill(apps: Apps, number: int = 1) -> None:
    """A row in each table, with a value in every column, as the so-many-eth that does so."""
    made: dict[Any, Any] = {}

    def make(model: Any) -> Any:
        if model not in made and model._meta.pk.name == "only" and model.objects.exists():
            made[model] = model.objects.get()  # a table of one row
        if model not in made:
            values = {field.name: value_of(field) for field in model._meta.concrete_fields}
            made[model] = model.objects.create(**{name: value for name, value in values.items() if value != ""})
        return made[model]

    def value_of(field: Any) -> Any:
        """Nothing for what the database or the model gives."""
        if isinstance(field, models.AutoField) or (field.primary_key and field.has_default()):
            return ""
        if isinstance(field, models.ForeignKey):
            return make(field.remote_field.model)
        return next(value_at for kind, value_at in BY_TYPE.items() if isinstance(field, kind))(number)

    for model in apps.get_app_config("classifier").get_models():
        make(model)


def rows_by_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: count_rows(cursor, table) for table in tables if table.startswith(("classifier_", "auth_user"))}


def count_rows(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
    return int(cursor.fetchone()[0])


def test_rows_of_every_state_are_todays_in_the_end(empty: None) -> None:
    """One database goes through all states, and gets rows in each: those go through all migrations that follow."""
    kept: dict[str, int] = {}
    for number, state in enumerate(STATES, start=1):
        call_command("migrate", "classifier", state, verbosity=0)
        assert_kept(kept, state)

        fill(MigrationLoader(connection).project_state([("classifier", state)]).apps, number)
        kept = rows_by_table()
        assert kept["classifier_prediction"] == kept["auth_user"] == number

    call_command("migrate", verbosity=0)
    assert_kept(kept, "today's")


def assert_kept(before: dict[str, int], state: str) -> None:
    after = rows_by_table()
    lost = {table for table, count in before.items() if after.get(table, 0) < count}
    assert lost <= SHORT_LIVED, state
    connection.check_constraints()


def test_accounts_from_before_quotas_get_what_they_hold(empty: None) -> None:
    call_command("migrate", "classifier", "0001", verbosity=0)
    fill(MigrationLoader(connection).project_state([("classifier", "0001_initial")]).apps)

    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT photos, byte_size FROM classifier_storageuse")
        assert cursor.fetchall() == [(1, 7)]


def test_predictions_from_before_the_search_are_found_by_it(empty: None) -> None:
    call_command("migrate", "classifier", "0017", verbosity=0)
    fill(MigrationLoader(connection).project_state([("classifier", "0017_filenames")]).apps)

    call_command("migrate", verbosity=0)

    text = SearchText.objects.get()
    assert (text.owner, text.labels, text.names) == (text.prediction.owner_id, "x", " x\n x")
    assert index.has_more_than(0, index.label_word(text.owner, "x"))
