"""Many rows deleted in many short transactions."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classifier.accounts import batches


def test_each_transaction_has_a_few_rows(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)
    Group.objects.bulk_create(Group(name=f"group {number}") for number in range(5))

    with CaptureQueriesContext(connection) as queries:
        assert batches.delete_in_batches(Group.objects.filter(name__startswith="group")) == 5

    deletions = [query["sql"] for query in queries if 'DELETE FROM "auth_group"' in query["sql"]]
    assert [sql.count(",") + 1 for sql in deletions] == [2, 2, 1]
    assert not Group.objects.exists()


def test_what_is_not_asked_for_stays(user: User, other_user: User) -> None:
    batches.delete_in_batches(User.objects.filter(pk=user.pk))

    assert User.objects.get() == other_user
