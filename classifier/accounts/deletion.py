"""The end of an account: nobody can sign in to it from one moment to the next, and its rows go a few at a time."""

import secrets
import threading
import time
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CASCADE

from classifier.accounts import devices
from classifier.accounts.batches import Pause, delete_in_batches
from classifier.models import AccountDeletion, PasswordResetCode
from classifier.storage.pages import relations_to

requested = threading.Event()
"""Set when there may be something to do for whoever deletes the rows."""


def request_deletion(user: User | Any) -> None:
    """Signs the account out everywhere and closes it, as quickly for many photos as for none.

    Its name is free again, and its mail address is forgotten. Asking again changes nothing.
    """
    with transaction.atomic():
        rows = User.objects.filter(pk=user.pk)
        if not rows.select_for_update().exists():
            return
        _, is_first = AccountDeletion.objects.get_or_create(user_id=user.pk)
        if is_first:
            rows.update(**_closed())
        devices.sign_out_everywhere(user)
        PasswordResetCode.objects.filter(user=user.pk).delete()
    transaction.on_commit(requested.set)


def all_requested() -> list[int]:
    """The primary keys of the accounts that are to go and are still there, in the order in which they were closed."""
    return list(AccountDeletion.objects.order_by("requested_at").values_list("pk", flat=True))


def finish(user_id: int, *, pause: Pause = time.sleep) -> None:
    """Deletes what else belongs to a closed account, a few rows at a time, and then the account."""
    for relation in _owned():
        delete_in_batches(relation.related_model._base_manager.filter(**{relation.field.name: user_id}), pause=pause)
    User.objects.filter(pk=user_id).delete()


def _closed() -> dict[str, Any]:
    nobody = {"username": f"deleted-{secrets.token_hex(16)}", "email": "", "first_name": "", "last_name": ""}
    return {
        **nobody,
        "password": make_password(None),
        "is_active": False,
        "is_staff": False,
        "is_superuser": False,
    }


def _owned() -> Iterator[Any]:
    """From every table whose rows go with their account; the mark that it is to go stays to the end."""
    for relation in relations_to(User):
        if getattr(relation, "on_delete", None) is CASCADE and relation.related_model is not AccountDeletion:
            yield relation
