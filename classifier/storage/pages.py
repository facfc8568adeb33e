"""Many rows a few at a time: by pages of their primary key, or of whatever names them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db.models import ForeignObjectRel, Model, QuerySet

PAGE = 500
T = TypeVar("T")


def pages(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    """All rows, a page at a time, so that no query is open while what was read is changed.

    SQLite refuses to write from a connection whose open query is older than somebody else's last write.
    """
    rows, page = rows.order_by("pk"), list(rows.order_by("pk")[:PAGE])
    while page:
        yield page
        page = list(rows.filter(pk__gt=page[-1].pk)[:PAGE])


def batches(items: Iterable[T], *, size: int = PAGE) -> Iterator[list[T]]:
    """Whatever it is, so many at a time."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


def relations_to(model: type[Model]) -> Iterator[ForeignObjectRel]:
    """From whatever belongs to a model's rows, though the model may not know of it."""
    fields = model._meta.get_fields(include_hidden=True)
    return (field for field in fields if isinstance(field, ForeignObjectRel))
