"""Deletion: whenever a prediction's row is deleted, its quota is freed and, after the commit, its files are removed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models.signals import post_delete

from classifier.accounts import quotas
from classifier.models import Prediction
from classifier.storage.database_errors import is_disk_full
from classifier.storage.removal import remember, remove_files, remove_remembered
from classifier.storage.seals import unseal

BATCH = 100
"""Rows of one transaction: others write between two of them."""
_together: ContextVar[list[Prediction] | None] = ContextVar("_together", default=None)
"""What is deleted at once, and seen to at once."""


def connect() -> None:
    post_delete.connect(see_to, sender=Prediction, dispatch_uid="see_to_deleted")


def delete_prediction(prediction: Prediction) -> None:
    """Deletes one prediction. On a full disk its files go first, which makes the room that the database needs.

    Raises OperationalError.
    """
    try:
        delete_predictions([prediction.pk])
    except OperationalError as error:
        if not is_disk_full(error):
            raise
        remove_files(prediction.file_names)
        delete_predictions([prediction.pk])


def delete_predictions(keys: Iterable[UUID]) -> int:
    """Deletes predictions with their files, in transactions that are short however many they are; returns how many."""
    count, remaining = 0, iter(keys)
    while batch := list(islice(remaining, BATCH)):
        count += _delete(batch)
    return count


def see_to(instance: Prediction, **_: Any) -> None:
    """Receives each row that is deleted, whoever does it."""
    together = _together.get()
    if together is None:
        unseal(instance.file_names)
        _forget([instance])
    else:
        together.append(instance)


def _delete(keys: list[UUID]) -> int:
    rows = Prediction.objects.filter(pk__in=keys)
    for row in rows.only("image", "thumbnail"):  # before the transaction: the disk may be slow
        unseal(row.file_names)
    with transaction.atomic(), _deleting_together() as deleted:
        # each is deleted, and counted, once, whoever else is at it
        locked = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
        Prediction.objects.filter(pk__in=locked).delete()
        _forget(deleted)
    return len(deleted)


@contextmanager
def _deleting_together() -> Iterator[list[Prediction]]:
    deleted: list[Prediction] = []
    token = _together.set(deleted)
    try:
        yield deleted
    finally:
        _together.reset(token)


def _forget(rows: list[Prediction]) -> None:
    names = [name for row in rows for name in row.file_names]
    quotas.remove(rows)
    remember(names)
    # robust: the rows are deleted by then, so whatever happens to their files fails no request
    transaction.on_commit(partial(remove_remembered, names), robust=True)
