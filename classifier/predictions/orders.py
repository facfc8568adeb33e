"""The orders in which a history is read, page by page; an index serves each."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from classifier.models import Prediction


@dataclass(frozen=True, slots=True)
class Order:
    """Fields as Django orders by them; the last one tells all rows apart."""

    fields: tuple[str, ...]

    def reversed(self) -> "Order":
        return replace(self, fields=tuple(f"-{field}".removeprefix("--") for field in self.fields))

    def position_of(self, row: Prediction) -> str:
        return "_".join(_WRITERS[name](getattr(row, name)) for name in self._names)

    def read(self, position: str) -> list[Any]:
        """The values of the fields at a position. Raises ValueError or OverflowError for none of this order."""
        parts = position.split("_")
        return [_READERS[name](part) for name, part in zip(self._names, parts, strict=True)]

    def after(self, position: str) -> Q:
        """Which rows come after a position."""
        return _after(self.fields, self.read(position))

    @property
    def _names(self) -> list[str]:
        return [field.removeprefix("-") for field in self.fields]


NEWEST = Order(("-created_at", "-id"))
CHOICES = ("-created_at", "probability")
"""What a request may ask to go by: the newest first, or the least sure."""


def by(choices: Iterable[str]) -> Order:
    """The first of these choices, in which those that are alike go by the next."""
    newest, ident = NEWEST.fields
    return Order((*dict.fromkeys((*choices, newest)), ident))


def of(rows: QuerySet[Any]) -> Order:
    """The order that rows were given by one of these; the newest first, if they were given none."""
    return Order(tuple(map(str, rows.query.order_by))) if rows.query.order_by else NEWEST


def _after(fields: Sequence[str], values: Sequence[Any]) -> Q:
    """The first bound alone lets the database start at the right place of its index."""
    field, side = fields[0].removeprefix("-"), "lt" if fields[0].startswith("-") else "gt"
    beyond = Q(**{f"{field}__{side}": values[0]})
    if len(fields) == 1:
        return beyond
    return Q(**{f"{field}__{side}e": values[0]}) & (beyond | _after(fields[1:], values[1:]))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _probability(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


_READERS: dict[str, Callable[[str], Any]] = {"created_at": _moment, "probability": _probability, "id": UUID}
_WRITERS: dict[str, Callable[[Any], str]] = {"created_at": datetime.isoformat, "probability": repr, "id": str}
