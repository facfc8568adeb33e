"""What lies on the disk when a server has ended."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from classifier.storage.backup.databases import connected_to
from classifier.storage.connections import closed_at_the_end

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite is closed by its server"),
]


class Worker:
    """A thread that does what it is given, one thing after the other, and keeps its connection."""

    def __init__(self) -> None:
        self._todo: list[Callable[[], Any]] = []
        self._wanted, self._done = threading.Semaphore(0), threading.Semaphore(0)
        self.raised: Exception | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def do(self, work: Callable[[], Any]) -> None:
        self.begin(work)
        assert self._done.acquire(timeout=10)

    def begin(self, work: Callable[[], Any]) -> None:
        self._todo.append(work)
        self._wanted.release()

    def end(self) -> None:
        self.begin(connection.close)
        self._wanted.release()
        self._thread.join(10)

    def _run(self) -> None:
        while self._wanted.acquire() and self._todo:
            try:
                self._todo.pop(0)()
            except DatabaseError as error:
                self.raised = error
            self._done.release()


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty database, which the first test makes."""
    return tmp_path_factory.mktemp("migrated") / "db.sqlite3"


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, migrated: Path) -> Iterator[None]:
    """One that no thread of another test is connected to."""
    if not migrated.exists():
        with connected_to(migrated):
            call_command("migrate", verbosity=0)
            connection.close()
    shutil.copy(migrated, tmp_path / "db.sqlite3")
    with connected_to(tmp_path / "db.sqlite3"):
        yield


@pytest.fixture
def worker(own_database: None) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.end()


def journals() -> list[Path]:
    name = str(connection.settings_dict["NAME"])
    return [path for path in (Path(f"{name}-wal"), Path(f"{name}-shm")) if path.exists()]


def make_user(name: str) -> User:
    return User.objects.create_user(name)


def test_the_database_is_one_file_though_threads_keep_their_connections(worker: Worker, tmp_path: Path) -> None:
    connection.close()
    with closed_at_the_end():
        worker.do(lambda: make_user("ada"))
        make_user("grace")
        assert journals()

    assert journals() == []
    shutil.copy(connection.settings_dict["NAME"], tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT username FROM auth_user ORDER BY username").fetchall() == [("ada",), ("grace",)]


@pytest.mark.parametrize("was_connected", [True, False])
def test_a_thread_that_goes_on_reaches_the_database_no_more(worker: Worker, was_connected: bool) -> None:
    with closed_at_the_end():
        if was_connected:
            worker.do(User.objects.count)

    worker.do(lambda: make_user("late"))
    worker.do(User.objects.count)

    assert "ended" in str(worker.raised)
    assert journals() == []
    assert not User.objects.exists()  # this thread goes on: it is the one that ended the server


def test_a_transaction_in_flight_is_waited_for(worker: Worker) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def store() -> None:
        with transaction.atomic():
            make_user("slow")
            begun.set()
            may_end.wait(10)

    connection.close()
    with closed_at_the_end():
        worker.begin(store)
        assert begun.wait(10)
        threading.Timer(0.2, may_end.set).start()

    assert journals() == []
    assert User.objects.filter(username="slow").exists()


def test_one_that_never_ends_loses_nothing(worker: Worker, caplog: pytest.LogCaptureFixture) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def hang() -> None:
        with transaction.atomic():
            begun.set()
            may_end.wait(10)

    connection.close()
    with closed_at_the_end():
        make_user("ada")
        worker.begin(hang)
        assert begun.wait(10)
    may_end.set()

    assert "in use until the end" in caplog.text
    assert User.objects.filter(username="ada").exists()
