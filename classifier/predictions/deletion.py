"""Deletion: whenever a prediction's row is deleted, its quota is freed and, after the commit, its files are removed."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from classifier.accounts import quotas
from classifier.models import Prediction


def connect() -> None:
    post_delete.connect(free_quota, sender=Prediction, dispatch_uid="classifier.forget_use")
    post_delete.connect(delete_files, sender=Prediction, dispatch_uid="classifier.delete_files")


def free_quota(instance: Prediction, **_: Any) -> None:
    quotas.remove(instance)


def delete_files(instance: Prediction, **_: Any) -> None:
    # robust: the row is deleted by then, so a file that cannot be removed is logged and fails no request
    transaction.on_commit(instance.remove_files, robust=True)
