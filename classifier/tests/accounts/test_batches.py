"""Many rows deleted in many short transactions."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classifier.accounts import batches


def test_each_transaction_has_a_few_rows(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MAX_ROWS", 2)
    Group.objects.bulk_create(Group(name=f"group {number}") for number in range(5))

    with CaptureQueriesContext(connection) as queries:
        assert batches.delete_in_batches(Group.objects.filter(name__startswith="group")) == 5

    deletions = [query["sql"] for query in queries if 'DELETE FROM "auth_group"' in query["sql"]]
    assert [sql.count(",") + 1 for sql in deletions] == [2, 2, 1]
    assert not Group.objects.exists()


def test_what_is_not_asked_for_stays(user: User, other_user: User) -> None:
    batches.delete_in_batches(User.objects.filter(pk=user.pk))

    assert User.objects.get() == other_user


class Work:
    """So many things, each of which takes so long; what was done at once, and how long it rested after each."""

    def __init__(self, things: int, *, each_s: float) -> None:
        self._left, self._each_s, self._now = things, each_s, 0.0
        self.counts: list[int] = []
        self.rests: list[float] = []

    def first(self, count: int) -> list[int]:
        return list(range(min(count, self._left)))

    def delete(self, things: list[int]) -> int:
        self.counts.append(len(things))
        self._left -= len(things)
        self._now += len(things) * self._each_s
        return len(things)

    def clock(self) -> float:
        return self._now

    def run(self, *, rest: float) -> int:
        return batches.in_batches(self.first, self.delete, rest=rest, pause=self.rests.append, clock=self.clock)


def test_a_transaction_has_as_many_rows_as_its_time_allows() -> None:
    slow, quick, instant = Work(300, each_s=0.005), Work(300, each_s=0.0005), Work(2000, each_s=0)

    assert [work.run(rest=1) for work in (slow, quick, instant)] == [300, 300, 2000]

    assert slow.counts == [batches.FIRST_ROWS] + [10] * 27 + [5]
    assert quick.counts == [batches.FIRST_ROWS, 2 * batches.FIRST_ROWS, 100, 100, 25]
    assert max(instant.counts) == batches.MAX_ROWS


def test_a_disk_that_takes_a_second_for_a_row_gets_one_at_a_time() -> None:
    work = Work(28, each_s=1)

    work.run(rest=1)

    assert work.counts == [batches.FIRST_ROWS, 1, 1, 1]


def test_it_rests_in_proportion_to_its_work() -> None:
    work = Work(batches.FIRST_ROWS, each_s=0.002)

    work.run(rest=3)

    assert work.rests == [pytest.approx(3 * batches.FIRST_ROWS * 0.002)]
