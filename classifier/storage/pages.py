"""Rows by pages of their primary key."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

PAGE = 500


def pages(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    """All rows, a page at a time, so that no query is open while what was read is changed.

    SQLite refuses to write from a connection whose open query is older than somebody else's last write.
    """
    rows, page = rows.order_by("pk"), list(rows.order_by("pk")[:PAGE])
    while page:
        yield page
        page = list(rows.filter(pk__gt=page[-1].pk)[:PAGE])
