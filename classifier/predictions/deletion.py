"""What goes with a row: whatever deletes a prediction frees its share of the quota and, once certain, its pictures."""

from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.signals import post_delete

from classifier.accounts import quotas
from classifier.models import Prediction


def connect() -> None:
    post_delete.connect(forget_use, sender=Prediction, dispatch_uid="classifier.forget_use")
    post_delete.connect(delete_files, sender=Prediction, dispatch_uid="classifier.delete_files")


def forget_use(instance: Prediction, **_: Any) -> None:
    quotas.remove(instance)


def delete_files(instance: Prediction, **_: Any) -> None:
    for file in (instance.image, instance.thumbnail):
        if file.name:
            _delete_on_commit(file.storage, file.name)


def _delete_on_commit(storage: Storage, name: str) -> None:
    def delete() -> None:
        storage.delete(name)

    # robust: the row is gone by then, so a file that cannot be removed is logged and fails nobody
    transaction.on_commit(delete, robust=True)
