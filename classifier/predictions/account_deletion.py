"""Accounts that are to go: their predictions, the files of these, and then the accounts, in the background."""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from classifier.accounts import deletion
from classifier.accounts.batches import Pause, delete_in_batches
from classifier.models import Prediction
from classifier.predictions.deletion import delete_batch
from classifier.storage.locks import held

LOCK = "account-deletion"
EVERY_S = 60.0
"""How often it is looked whether another process closed an account."""
logger = logging.getLogger(__name__)


def delete_requested(*, pause: Pause = threading.Event().wait) -> int:
    """Deletes all closed accounts, also those that a crash left half deleted; returns how many.

    It pauses after each transaction, so that whoever waits to write gets in. While another process does so, it deletes
    none.
    """
    with held(LOCK) as is_held:
        return sum(_is_deleted(user_id, pause) for user_id in deletion.all_requested()) if is_held else 0


def delete_in_background(*, wait: Pause = deletion.requested.wait, is_over: Callable[[], bool] = lambda: False) -> None:
    """Does so now, and whenever one is closed, in a thread of its own.

    Not at a lower priority: others wait for its transactions, however long it waits for a processor in one.
    """

    def run() -> None:
        while not is_over():
            deletion.requested.clear()
            _try_to_delete()
            wait(EVERY_S)

    threading.Thread(target=run, name="account-deletion", daemon=True).start()


def _is_deleted(user_id: int, pause: Pause) -> bool:
    """One that cannot be deleted keeps no other one waiting."""
    try:
        delete_in_batches(Prediction.objects.filter(owner=user_id).order_by(), delete=delete_batch, pause=pause)
        deletion.finish(user_id, pause=pause)
    except DatabaseError:
        logger.exception("Account %d could not be deleted whole; the next try is in %d s.", user_id, EVERY_S)
        return False
    return True


def _try_to_delete() -> None:
    try:
        delete_requested()
    except Exception:  # a database or a disk may raise anything; what is left to do stays noted
        logger.exception("An account could not be deleted whole; the next try is in %d s.", EVERY_S)
    finally:
        close_old_connections()
