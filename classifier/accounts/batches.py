"""Rows deleted a few at a time: no transaction keeps others waiting for long, and between two of them they get in."""

import time
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

TRANSACTION_S = 0.05
"""How long one should take; the next has so many rows as the last one's pace allows."""
FIRST_ROWS, MAX_ROWS = 25, 500
BACKGROUND_REST = 2.0
"""So many times as long as it worked a job rests that nobody waits for. SQLite's writers ask again every 100 ms at the
latest, and find it at work once in three times: one in 50,000 has not got in after a second."""
Pause = Callable[[float], object]
Delete = Callable[[list[Any]], int]


def delete_in_batches(rows: "QuerySet[Any]", *, delete: Delete | None = None, pause: Pause = time.sleep) -> int:
    """Deletes them all, in the background; how many rows that were, with those that belong to them.

    `delete` is for tables whose rows have more to them than rows: it gets keys, and says how many it deleted.
    """

    def delete_rows(keys: list[Any]) -> int:
        return int(rows.model._base_manager.filter(pk__in=keys).delete()[0])

    return in_batches(
        lambda count: list(rows.values_list("pk", flat=True)[:count]),
        delete or delete_rows,
        rest=BACKGROUND_REST,
        pause=pause,
    )


def in_batches(
    first: Callable[[int], list[Any]],
    delete: Delete,
    *,
    rest: float = 1.0,
    pause: Pause = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Deletes the first rows, so many as are asked for, until there are none; the sum of what `delete` returns.

    It pauses for `rest` times as long as each transaction took.
    """
    deleted, count = 0, min(FIRST_ROWS, MAX_ROWS)
    while keys := first(count):
        began = clock()
        deleted += delete(keys)
        took_s = clock() - began
        pause(rest * took_s)
        count = _next_count(len(keys), took_s)
    return deleted


def _next_count(count: int, took_s: float) -> int:
    """At most twice as many: a single quick transaction promises little."""
    at_this_pace = round(count * TRANSACTION_S / took_s) if took_s else MAX_ROWS
    return max(1, min(at_this_pace, 2 * count, MAX_ROWS))
