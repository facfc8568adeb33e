"""What `serve` does beside its requests, in a process of its own."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError
from django.db import connection

from classifier.models import DeviceToken
from classifier.tests.commands import run
from classifier.tests.waiting import wait_until
from classifier_project.settings import BASE_DIR


@pytest.mark.django_db(transaction=True)
def test_it_does_what_is_to_do_until_it_is_stopped(user: User, home: Path) -> None:
    DeviceToken.objects.create(user, expiry=timedelta(seconds=-1))
    name = connection.settings_dict["NAME"]
    url = (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    )
    environment = {**os.environ, "DATA_DIR": str(home), "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "work"]
    work = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: not DeviceToken.objects.exists(), within_s=60)
        wait_until((home / "media/.database-id").exists, within_s=60)
    finally:
        work.send_signal(signal.SIGTERM)
        out, _ = work.communicate(timeout=20)

    assert (work.returncode, out) == (0, "At work. Ctrl-C stops it.\n")


def test_a_database_of_an_older_version_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [1])

    with pytest.raises(CommandError, match=r"1 migrations are not applied\. Run manage\.py migrate\."):
        run("work")
