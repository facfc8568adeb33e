"""Rows read and added in plain SQL, for what every request does: the ORM takes several times as long to say it."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, JSONField, Model
from django.db.models.signals import post_save, pre_save
from django.db.transaction import mark_for_rollback_on_error

Row = TypeVar("Row", bound=Model)
PLAIN = frozenset({str, int, float, bool, type(None)})
"""Types whose values databases take as they are, but for what is to be JSON."""


class Columns(Generic[Row]):
    """A table's columns, to be selected, and how their values become an instance of its model."""

    def __init__(self, model: type[Row]) -> None:
        self._model = model

    def __len__(self) -> int:
        return len(self._fields)

    def __str__(self) -> str:
        return ", ".join(f'"{self._model._meta.db_table}"."{field.column}"' for field in self._fields)

    def instance(self, values: Sequence[Any]) -> Row:
        converted = list(values)
        for index, convert in self._conversions:
            converted[index] = convert(converted[index])
        return self._model.from_db(connection.alias, self._names, converted)

    def insert(self, row: Row) -> None:
        """Adds a new row, as `row.save(force_insert=True)` would when its key is set and its files are written.

        Its values must be of their fields' own types: no text for a key or a moment.
        """
        about = {"sender": self._model, "instance": row, "raw": False, "using": connection.alias, "update_fields": None}
        pre_save.send(**about)
        with mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(self._insert, [_for_database(field, row.__dict__[field.attname]) for field in self._fields])
        row._state.adding, row._state.db = False, connection.alias
        post_save.send(**about, created=True)

    @cached_property
    def _insert(self) -> str:
        table, names = self._model._meta.db_table, ", ".join(f'"{field.column}"' for field in self._fields)
        marks = ", ".join(["%s"] * len(self))
        return f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608  # the names are ours

    @cached_property
    def _fields(self) -> "list[Field[Any, Any]]":
        return list(self._model._meta.concrete_fields)

    @cached_property
    def _names(self) -> list[str]:
        return [str(field.attname) for field in self._fields]

    @cached_property
    def _conversions(self) -> list[tuple[int, Callable[[Any], Any]]]:
        """The place of a value and what makes it Python's, where the database's own is another."""
        return [(index, found) for index, field in enumerate(self._fields) for found in _conversions_of(field)]


def _conversions_of(field: "Field[Any, Any]") -> list[Callable[[Any], Any]]:
    column = field.get_col(field.model._meta.db_table)
    found = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
    return [partial(_convert, convert, column) for convert in found]


def _convert(convert: Callable[..., Any], column: Any, value: Any) -> Any:
    return convert(value, column, connection)


def _for_database(field: "Field[Any, Any]", value: Any) -> Any:
    is_plain = type(value) in PLAIN and not isinstance(field, JSONField)
    return value if is_plain else field.get_db_prep_save(value, connection)
