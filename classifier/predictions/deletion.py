"""Deletion: whenever a prediction's row is deleted, its quota is freed and, after the commit, its files are removed."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models.signals import post_delete

from classifier.accounts import quotas
from classifier.accounts.batches import in_batches
from classifier.models import Prediction
from classifier.storage.database_errors import is_disk_full
from classifier.storage.removal import remember, remove_files, remove_remembered
from classifier.storage.seals import unseal

_together: ContextVar[list[Prediction] | None] = ContextVar("_together", default=None)
"""What is deleted at once, and seen to at once."""


def connect() -> None:
    post_delete.connect(see_to, sender=Prediction, dispatch_uid="see_to_deleted")


def delete_prediction(prediction: Prediction) -> None:
    """Deletes one prediction, on a full disk too. Raises OperationalError."""
    _delete_making_room([prediction.pk])


def delete_own(owner_id: int, keys: Iterable[UUID]) -> int:
    """Deletes those of these predictions that are the owner's, on a full disk too; returns how many.

    Raises OperationalError, after which some may be deleted: ask again.
    """
    own = Prediction.objects.filter(owner_id=owner_id, pk__in=list(keys)).order_by("pk").values_list("pk", flat=True)
    return _in_batches(own, _delete_making_room)


def delete_predictions(keys: Iterable[UUID]) -> int:
    """Deletes predictions with their files, in transactions that are short however many they are; returns how many."""
    return _in_batches(keys, delete_batch)


def delete_batch(keys: list[UUID]) -> int:
    """The same for a few, in one transaction."""
    rows = Prediction.objects.filter(pk__in=keys)
    for row in rows.only("image", "thumbnail"):  # before the transaction: the disk may be slow
        unseal(row.file_names)
    with transaction.atomic(), _deleting_together() as deleted:
        # each is deleted, and counted, once, whoever else is at it
        locked = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
        Prediction.objects.filter(pk__in=locked).delete()
        _forget(deleted)
    return len(deleted)


def see_to(instance: Prediction, **_: Any) -> None:
    """Receives each row that is deleted, whoever does it."""
    together = _together.get()
    if together is None:
        unseal(instance.file_names)
        _forget([instance])
    else:
        together.append(instance)


def _in_batches(keys: Iterable[UUID], delete: Callable[[list[UUID]], int]) -> int:
    remaining = iter(list(keys))
    return in_batches(lambda count: list(islice(remaining, count)), delete)


def _delete_making_room(keys: list[UUID]) -> int:
    """On a full disk, the files go before the rows, which makes the room that the database needs."""
    try:
        return delete_batch(keys)
    except OperationalError as error:
        if not is_disk_full(error):
            raise
    for row in Prediction.objects.filter(pk__in=keys).only("image", "thumbnail"):
        remove_files(row.file_names)
    return delete_batch(keys)


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
