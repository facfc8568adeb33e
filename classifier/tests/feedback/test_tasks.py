"""Retraining in the background: queued, cancelled, and left by a crash."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from classifier.feedback import tasks
from classifier.feedback.retraining import RetrainingError
from classifier.model_registry import versions
from classifier.models import ModelVersion, Retraining
from classifier.tests.feedback.lessons import teach
from classifier.tests.locks import held_elsewhere

State = Retraining.State


@pytest.fixture
def elsewhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that are started find this test's database and folders."""
    name = connection.settings_dict["NAME"]
    is_file = connection.vendor == "sqlite"
    url = f"sqlite:///{name}" if is_file else os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATA_DIR", str(home))


@pytest.mark.django_db(transaction=True)
def test_it_runs_in_a_process_of_its_own(user: User, learner: ModelVersion, elsewhere: None) -> None:
    teach(user, each=8)
    row = tasks.request_retraining(by=user, promote=True)

    tasks.work()

    row.refresh_from_db()
    assert row.state == State.PROMOTED, row.message
    assert versions.active() == row.candidate
    assert (row.done, row.total) == (46, 46)
    assert not DBTaskResult.objects.exists()


def test_one_is_queued_at_a_time(user: User, db: None) -> None:
    tasks.request_retraining(by=user)

    with pytest.raises(RetrainingError, match="waiting or running already"):
        tasks.request_retraining(by=user)


def test_one_that_waits_is_cancelled_at_once_and_never_begins(user: User, db: None) -> None:
    row = tasks.request_retraining(by=user)

    tasks.cancel(row)

    row.refresh_from_db()
    assert row.state == State.CANCELLED
    assert tasks.carry_out.func(row.pk) == "cancelled"


def test_what_a_crash_left_is_noted_as_failed(user: User, db: None) -> None:
    row = tasks.request_retraining(by=user)
    Retraining.objects.update(state=State.RUNNING)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)

    tasks.work()

    row.refresh_from_db()
    assert (row.state, row.message) == (State.FAILED, "Its process ended before it did. Try again.")


def test_a_run_from_the_command_line_is_none_that_crashed(user: User, db: None) -> None:
    Retraining.objects.create(state=State.RUNNING)

    with held_elsewhere("retraining"):
        tasks.work()

    assert Retraining.objects.get().state == State.RUNNING


def test_while_another_process_works_this_one_does_not(user: User, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks.request_retraining(by=user)
    started: list[Any] = []
    monkeypatch.setattr(subprocess, "run", lambda *arguments, **_: started.append(arguments))

    with held_elsewhere("tasks"):
        tasks.work()

    assert started == []
    assert DBTaskResult.objects.ready().count() == 1
