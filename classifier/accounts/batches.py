"""Rows of any table deleted a few at a time, so that no transaction is longer for many than for some."""

from typing import Any

from django.db.models import QuerySet

BATCH = 500
"""Rows of one transaction: others write between two of them."""


def delete_in_batches(rows: "QuerySet[Any]") -> int:
    """Deletes them all; how many rows that were, with those that belong to them."""
    deleted = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        deleted += rows.model._base_manager.filter(pk__in=keys).delete()[0]
    return deleted
