"""Retraining outside any request: a task in the database, and a process of its own that works on it."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import close_old_connections
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from classifier.feedback.retraining import LOCK as RUN_LOCK
from classifier.feedback.retraining import CancelledError, RetrainingError, retrain
from classifier.models import Retraining
from classifier.process.priority import Priority, lower_thread_priority
from classifier.storage.locks import held

LOCK = "tasks"
LOOKED_EVERY_S = 5.0
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""More threads of linear algebra take fifty times as long beside a busy server."""
State = Retraining.State
Wait = Callable[[float], object]
requested = threading.Event()
"""Set when there may be something to do for this process."""
logger = logging.getLogger(__name__)


def request_retraining(*, by: User | Any, promote: bool = False) -> Retraining:
    """Puts a run into the queue. Raises RetrainingError when one is there already."""
    if Retraining.objects.filter(state__in=(State.WAITING, State.RUNNING)).exists():
        raise RetrainingError("A retraining is waiting or running already. Wait for its end, or cancel it.")
    row = Retraining.objects.create(by_id=by.pk, promote=promote)
    carry_out.enqueue(row.pk)
    requested.set()
    return row


def cancel(row: Retraining) -> None:
    """Ends a run before its next photo, or at once while it waits."""
    Retraining.objects.filter(pk=row.pk).update(cancel_requested=True)
    waiting = Retraining.objects.filter(pk=row.pk, state=State.WAITING)
    waiting.update(state=State.CANCELLED, message=CancelledError.detail, finished_at=timezone.now())


@task()
def carry_out(key: int) -> str:
    """Runs in a process of its own, at the lowest priority, and ends with the process that started it."""
    row, parent = Retraining.objects.filter(pk=key, state=State.WAITING).first(), os.getppid()
    if row is None:
        return "cancelled"
    lower_thread_priority(Priority.LOWEST)

    def look_for_parent(*_: int) -> None:
        if os.getppid() != parent:
            raise CancelledError("The server stopped while it ran. Nothing was changed.")

    return str(retrain(row, on_progress=look_for_parent).state)


def work_in_background(*, wait: Wait = requested.wait, is_over: Callable[[], bool] = lambda: False) -> None:
    """Looks for tasks from now on, whichever process queued them, in a thread of its own."""

    def run() -> None:
        while not is_over():
            requested.clear()
            try:
                work()
            except Exception:  # a database may raise anything; the tasks stay where they are
                logger.exception("Tasks could not be looked for; the next try is in %d s.", LOOKED_EVERY_S)
            finally:
                close_old_connections()
            wait(LOOKED_EVERY_S)

    threading.Thread(target=run, name="tasks", daemon=True).start()


def work() -> None:
    """Works off the tasks that there are, if no other process does. What a crash left is noted as failed."""
    with held(LOCK) as is_held:
        if not is_held:
            return
        _note_abandoned()
        if DBTaskResult.objects.ready().exists():
            subprocess.run(_worker(), env={**os.environ, **ONE_THREAD}, check=False, stdin=subprocess.DEVNULL)
            _note_abandoned()
        DBTaskResult.objects.finished().delete()  # the rows of the runs say more


def _worker() -> list[str]:
    options = ["--batch", "--no-reload", "--no-startup-delay", "--interval", "0", "--queue-name", "*"]
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "db_worker", *options]


def _note_abandoned() -> None:
    """Of runs whose process is gone: nobody else can have the lock of a run."""
    DBTaskResult.objects.running().update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    with held(RUN_LOCK) as is_held:
        if is_held:
            Retraining.objects.filter(state=State.RUNNING).update(
                state=State.FAILED, message="Its process ended before it did. Try again.", finished_at=timezone.now()
            )
