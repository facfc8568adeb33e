"""Threads that write to SQLite stand in line for it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.db.transaction import TransactionManagementError

from classifier.errors import DatabaseBusyError
from classifier.storage.database_errors import refusal_of_database
from classifier.storage.sqlite import base
from classifier.tests.waiting import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases let many write at once"),
]


@pytest.fixture(autouse=True)
def nobody_asks_again(db: None) -> Iterator[None]:
    """Whoever met SQLite's own lock would fail at once here, and not sleep and ask again."""
    never_asks_again(connection)
    yield
    assert not base.line.waiting
    connection.close()


def never_asks_again(connection: Any) -> None:
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 0")


def in_a_thread(work: Callable[[], Any], raised: list[BaseException]) -> threading.Thread:
    """Begins it with a connection of its own."""

    def run() -> None:
        try:
            never_asks_again(connection)
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def add(name: str) -> None:
    User.objects.create(username=name)


def add_in_a_transaction(name: str) -> None:
    with transaction.atomic():
        add(name)


def rename_all() -> None:
    """A single statement, which is committed by itself."""
    User.objects.update(first_name="Ada")


@pytest.mark.parametrize("write", [lambda: add_in_a_transaction("ada"), rename_all], ids=["transaction", "statement"])
def test_whoever_writes_while_another_does_waits_for_its_commit(write: Callable[[], None]) -> None:
    raised: list[BaseException] = []

    with transaction.atomic():
        add("grace")
        thread = in_a_thread(write, raised)
        wait_until(lambda: base.line.waiting == 1)
    thread.join()

    assert raised == []
    assert User.objects.filter(Q(username="ada") | Q(first_name="Ada")).exists()


def test_a_cursor_goes_on_into_a_transaction() -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("UPDATE auth_user SET first_name = 'Ada'")


def test_all_who_write_at_once_get_in() -> None:
    raised: list[BaseException] = []

    def add_some(number: int) -> None:
        for each in range(10):
            add_in_a_transaction(f"{number}-{each}")
            Group.objects.create(name=f"{number}-{each}")  # it returns its key: a single statement with a row
            rename_all()

    threads = [in_a_thread(lambda number=number: add_some(number), raised) for number in range(8)]  # type: ignore[misc]
    for thread in threads:
        thread.join()

    assert (raised, User.objects.count(), Group.objects.count()) == ([], 80, 80)


def test_whoever_only_reads_waits_for_nobody() -> None:
    counts: list[int] = []
    raised: list[BaseException] = []

    with transaction.atomic():
        add("grace")
        in_a_thread(lambda: counts.append(User.objects.count()), raised).join()

    assert (counts, raised) == ([0], [])


def roll_back() -> None:
    with transaction.atomic():
        add("ada")
        transaction.set_rollback(True)


def fail_in_a_transaction() -> None:
    add("grace")
    with pytest.raises(IntegrityError):
        add_in_a_transaction("grace")


def fail_by_a_statement() -> None:
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("UPDATE nothing SET a = 1")


def close_within_a_transaction() -> None:
    with transaction.atomic():
        add("ada")
        connection.close()


def interrupt_a_commit() -> None:
    def press_ctrl_c() -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "commit", press_ctrl_c)
        with pytest.raises(KeyboardInterrupt):
            add_in_a_transaction("ada")


@pytest.mark.parametrize(
    "end",
    [roll_back, fail_in_a_transaction, fail_by_a_statement, close_within_a_transaction, interrupt_a_commit],
    ids=lambda end: end.__name__,
)
def test_however_a_write_ends_the_next_one_gets_in(end: Callable[[], None]) -> None:
    raised: list[BaseException] = []

    end()
    in_a_thread(lambda: add("next"), raised).join()

    assert (raised, User.objects.filter(username="next").exists()) == ([], True)


def test_a_transaction_that_could_not_begin_keeps_nobody_waiting() -> None:
    raised: list[BaseException] = []
    connection.connection.execute("BEGIN")  # one that Django knows nothing of: another within it is refused

    with pytest.raises(OperationalError), transaction.atomic():
        pass
    connection.rollback()
    in_a_thread(lambda: add("next"), raised).join()

    assert raised == []


def test_rows_that_a_single_statement_returns_are_fetched_in_any_way() -> None:
    User.objects.bulk_create(User(username=name) for name in ("a", "b", "c"))
    statement = "UPDATE auth_user SET first_name = 'Ada' RETURNING username"
    found = []

    with connection.cursor() as cursor:
        cursor.execute(statement)
        found.append([cursor.fetchone(), *cursor.fetchmany(1), *cursor.fetchall()])
        found.append(list(cursor.execute(statement)))
        cursor.execute("SELECT username FROM auth_user")
        found.append(cursor.fetchall())

    assert found == [[("a",), ("b",), ("c",)]] * 3


def test_a_rollback_that_is_refused_ends_no_turn() -> None:
    raised: list[BaseException] = []
    with transaction.atomic():
        with pytest.raises(TransactionManagementError):
            transaction.rollback()
        thread = in_a_thread(lambda: add("ada"), raised)
        wait_until(lambda: base.line.waiting == 1)
    thread.join()

    assert raised == []


def test_whoever_waits_too_long_is_told_that_the_database_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.01)
    raised: list[BaseException] = []

    with transaction.atomic():
        in_a_thread(rename_all, raised).join()

    (error,) = raised
    assert isinstance(error, OperationalError)
    assert isinstance(refusal_of_database(error), DatabaseBusyError)
