"""Deletion: whenever a prediction's row is deleted, its quota is freed and, after the commit, its files are removed."""

from functools import partial
from typing import Any

from django.db import OperationalError, transaction
from django.db.models.signals import post_delete

from classifier.accounts import quotas
from classifier.models import Prediction
from classifier.storage.database_errors import is_disk_full
from classifier.storage.removal import remove_files
from classifier.storage.seals import unseal


def connect() -> None:
    post_delete.connect(free_quota, sender=Prediction, dispatch_uid="classifier.forget_use")
    post_delete.connect(delete_files, sender=Prediction, dispatch_uid="classifier.delete_files")


def delete_prediction(prediction: Prediction) -> None:
    """Deletes one prediction. On a full disk its files go first, which makes the room that the database needs.

    Raises OperationalError.
    """
    try:
        prediction.delete()
    except OperationalError as error:
        if not is_disk_full(error):
            raise
        remove_files(prediction.file_names)
        prediction.delete()


def free_quota(instance: Prediction, **_: Any) -> None:
    quotas.remove(instance)


def delete_files(instance: Prediction, **_: Any) -> None:
    names = instance.file_names
    unseal(names)
    # robust: the row is deleted by then, so whatever happens to its files fails no request
    transaction.on_commit(partial(remove_files, names), robust=True)
