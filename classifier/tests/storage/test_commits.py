"""Which commits wait for the disk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from classifier.accounts import throttles
from classifier.accounts.throttles import SWAP
from classifier.storage.commits import unsynced

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases are asked for nothing of the kind"),
]
NORMAL, FULL = 1, 2


def synchronous() -> int:
    """Whether the journal is synced with each commit of this connection: FULL, or not."""
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA synchronous").fetchone()[0])


def test_commits_wait_for_the_disk_but_those_within() -> None:
    before = synchronous()
    with unsynced():
        within = synchronous()

    assert (before, within, synchronous()) == (FULL, NORMAL, FULL)


def test_they_do_so_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), unsynced():
        raise ZeroDivisionError

    assert synchronous() == FULL


def test_a_transaction_that_has_begun_waits_as_it_was_going_to() -> None:
    with transaction.atomic(), unsynced():
        User.objects.create(username="ada")
        assert synchronous() == FULL


def test_whoever_is_counted_waits_for_no_disk() -> None:
    levels: list[int] = []

    def note_level(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if sql == SWAP:
            levels.append(synchronous())
        return execute(sql, *arguments)

    with connection.execute_wrapper(note_level):
        throttles.uploads.hit("ada")
        throttles.uploads.hit("ada")

    assert (levels, synchronous(), throttles.uploads.count("ada")) == ([NORMAL], FULL, 2)
