"""What goes with a row: whatever deletes a prediction frees its share of the quota and, once certain, its pictures."""

from typing import Any

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
    # robust: the row is gone by then, so a file that cannot be removed is logged and fails nobody
    transaction.on_commit(instance.remove_files, robust=True)
